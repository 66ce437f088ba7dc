import {fieldTables, type BoundKey} from '../fields/field-tables.ts';
import {type Instant, type Tab} from '../records.ts';
import {instantOfDate} from '../time/parse-date.ts';
import {type Condition, type Filter, type Test} from './filter.ts';
import {foldCase} from './fold-case.ts';
import {parseQuery} from './parse-query.ts';
import {printQuery, printTerm} from './print-query.ts';
import {type FieldTerm, type Query, type QueryProblem, type Term} from './query.ts';
import {readValue} from './read-value.ts';
import {type Vocabulary, vocabularyOf} from './vocabulary.ts';

/** What the values of a query depend on. */
export type ValueContext = {
	readonly now: Instant;
	/** Zone of the project, in which dates are read. */
	readonly timezone: string;
	/** Names of API keys by their ID. */
	readonly keyNames: Readonly<Record<string, string>>;
};

export type QueryContext = ValueContext & {
	readonly tab: Tab;
	/** Leaves out the tab's default query. */
	readonly isWithoutDefault?: boolean;
};

export type FilterReading = {readonly ok: true; readonly filter: Filter} | {readonly ok: false; readonly problem: QueryProblem};

type Explanation = {readonly message: string; readonly remedy: string};

/** A key's name stands for its ID, for several when they share it; what is no name is taken as an ID. */
const withKeyNames = (test: Test, keyNames: Readonly<Record<string, string>>): readonly Test[] => {
	if (test.kind !== 'equals' && test.kind !== 'prefix') {
		return [test];
	}

	const wanted = foldCase(String(test.value));
	const isNamed = ([, name]: readonly [string, string]): boolean =>
		test.kind === 'prefix' ? wanted !== '' && foldCase(name).startsWith(wanted) : foldCase(name) === wanted;
	const ids = new Set(Object.entries(keyNames).filter(isNamed).map(([id]) => id));
	if (test.kind === 'equals' && (ids.size === 0 || Object.hasOwn(keyNames, String(test.value)))) {
		ids.add(String(test.value));
	}

	const named = Array.from(ids, (value): Test => ({kind: 'equals', value}));
	return test.kind === 'prefix' ? [test, ...named] : named;
};

const resolveTests = (term: FieldTerm, key: BoundKey, context: ValueContext): {readonly fields: Set<string>; readonly tests: Test[]} | Explanation => {
	const fields = new Set<string>();
	const tests: Test[] = [];
	for (const value of term.values) {
		const reading = readValue(key, value);
		if (!reading.ok) {
			return reading;
		}

		const {meaning} = reading;
		fields.add(meaning.field);
		if (meaning.kind === 'date') {
			const bound = key.match === 'until' ? 'until' : 'since';
			const at = instantOfDate(meaning.form, bound, context);
			tests.push(bound === 'since' ? {kind: 'range', from: at} : {kind: 'range', before: at});
		} else if (key.field.type === 'secret-id') {
			tests.push(...withKeyNames(meaning.test, context.keyNames));
		} else {
			tests.push(meaning.test);
		}
	}

	return {fields, tests};
};

const resolveTerm = (term: Term, vocabulary: Vocabulary, context: ValueContext): Condition | Explanation => {
	if (term.kind === 'text') {
		return {fields: vocabulary.textFields, tests: [{kind: 'contains', value: term.text}], isNegated: term.isNegated};
	}

	const key = vocabulary.keys.find(known => known.key === term.key);
	if (key === undefined) {
		return vocabulary.explainUnknownKey(term.key, printTerm(term));
	}

	const resolved = resolveTests(term, key, context);
	return 'tests' in resolved ? {fields: [...resolved.fields], tests: resolved.tests, isNegated: term.isNegated} : resolved;
};

/** The tab's default query, where the query leaves it in force. */
export const defaultQueryFor = (query: Query, tab: Tab): Query => {
	const {defaultQuery} = fieldTables[tab];
	if (defaultQuery === undefined || query.some(term => term.kind === 'field' && defaultQuery.unlessKeys.includes(term.key))) {
		return [];
	}

	const parsed = parseQuery(defaultQuery.text, tab);
	return parsed.ok ? parsed.query : [];
};

/** Settles what the values of a query mean now. The offsets of a problem count in the query as it is printed. */
export const resolveQueryOf = (terms: Query, vocabulary: Vocabulary, context: ValueContext): FilterReading => {
	const filter: Condition[] = [];
	for (const [index, term] of terms.entries()) {
		const condition = resolveTerm(term, vocabulary, context);
		if ('message' in condition) {
			const start = index === 0 ? 0 : printQuery(terms.slice(0, index)).length + 1;
			return {ok: false, problem: {message: condition.message, remedy: condition.remedy, start, end: start + printTerm(term).length}};
		}

		filter.push(condition);
	}

	return {ok: true, filter};
};

/** The same for a tab, with its default query added. */
export const resolveQuery = (query: Query, context: QueryContext): FilterReading =>
	resolveQueryOf(context.isWithoutDefault === true ? query : [...query, ...defaultQueryFor(query, context.tab)], vocabularyOf(context.tab), context);

/** Query text to filter: reads and settles in one. The offsets of a problem count in the text. */
export const readFilter = (text: string, context: QueryContext): FilterReading => {
	const parsed = parseQuery(text, context.tab);
	return parsed.ok ? resolveQuery(parsed.query, context) : parsed;
};
