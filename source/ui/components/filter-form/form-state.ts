import {queryKeysOf} from '../../../domain/fields/field-tables.ts';
import {textTermsOf} from '../../../domain/query/edit-query.ts';
import {parseQuery} from '../../../domain/query/parse-query.ts';
import {printQuery} from '../../../domain/query/print-query.ts';
import {type Query} from '../../../domain/query/query.ts';
import {type Tab} from '../../../domain/records.ts';
import {editText, insertText, textStateOf, type TextState} from '../text-field/text-state.ts';

/** The key of the field that holds words without a key. */
export const textKey = '';

/** A field of the form: what stands behind `key:` in the query, as it is written there; a leading `-` negates. */
export type FormField = {readonly key: string; readonly field: TextState};

export type FormState = {
	readonly fields: readonly FormField[];
	readonly focus: number;
	/** Which of the offered values left and right have come to; -1 before the first. */
	readonly choice: number;
	/** The text ends with a value that was just chosen: what is typed next begins another one. */
	readonly isChosen: boolean;
};

export type FormAction =
	| {readonly type: 'focus'; readonly by: number}
	| {readonly type: 'type'; readonly text: string}
	| {readonly type: 'edit'; readonly key: string}
	| {readonly type: 'point'; readonly by: number; readonly choices: number}
	| {readonly type: 'toggle'; readonly value: string}
	| {readonly type: 'reset'};

export const formOf = (tab: Tab, query: string): FormState => {
	const parsed = parseQuery(query, tab);
	const terms = parsed.ok ? parsed.query : [];
	const keyed = queryKeysOf(tab).map(({key}) => ({key, field: textStateOf(valueText(terms, key))}));
	// Most often it is about the status, or what stands beside it.
	const focus = Math.max(0, keyed.findIndex(({key}) => key === 'status'));
	return {fields: [...keyed, {key: textKey, field: textStateOf(printQuery(textTermsOf(terms)))}], focus, choice: -1, isChosen: false};
};

/** A key that the query names twice keeps its further terms behind the first, as text that the query reads again. */
const valueText = (terms: Query, key: string): string => terms
	.filter(term => term.kind === 'field' && term.key === key)
	.map(term => printQuery([term]).replace(`${key}:`, ''))
	.join(' ');

/** The form as query text; it may be wrong where a field is. */
export const queryOf = ({fields}: FormState): string => fields
	.map(({key, field}) => ({key, text: field.text.trim()}))
	.filter(({text}) => text !== '')
	.map(({key, text}) => key === textKey ? text : termText(key, text))
	.join(' ');

const termText = (key: string, text: string): string => text.startsWith('-') ? `-${key}:${text.slice(1)}` : `${key}:${text}`;

/** The values that a field holds now; empty where its text is not whole yet. */
export const valuesIn = (tab: Tab, {key, field}: FormField): readonly string[] => {
	const parsed = parseQuery(termText(key, field.text.trim()), tab);
	return parsed.ok ? parsed.query.flatMap(term => term.kind === 'field' && term.key === key ? term.values : []) : [];
};

/** What is being typed after the last comma: narrows the values that are offered. */
export const partialIn = ({field}: FormField): string => field.text.replace(/^-/, '').split(',').at(-1)?.replaceAll('"', '').trim() ?? '';

export const createFormReducer = (tab: Tab) => (state: FormState, action: FormAction): FormState => {
	const current = state.fields[state.focus];
	if (!current) {
		return state;
	}

	const withField = (field: TextState): FormState => ({...state, choice: -1, isChosen: false, fields: state.fields.with(state.focus, {...current, field})});
	switch (action.type) {
		case 'focus': {
			return {...state, focus: (state.focus + action.by + state.fields.length) % state.fields.length, choice: -1, isChosen: false};
		}

		case 'type': {
			return withField(insertText(current.field, state.isChosen && /^[^\s,]/.test(action.text) ? `,${action.text}` : action.text));
		}

		case 'edit': {
			return withField(editText(current.field, action.key) ?? current.field);
		}

		case 'point': {
			return action.choices === 0 ? state : {...state, choice: (Math.max(state.choice, action.by > 0 ? -1 : 0) + action.by + action.choices) % action.choices};
		}

		case 'toggle': {
			const isNegated = current.field.text.startsWith('-');
			const values = valuesIn(tab, current);
			const takesOne = ['since', 'until'].includes(queryKeysOf(tab).find(({key}) => key === current.key)?.match ?? '');
			const next = takesOne ? [action.value].filter(value => !values.includes(value)) : values.includes(action.value)
				? values.filter(value => value !== action.value)
				// What was typed to find the value is no value itself.
				: [...values.filter(value => value !== partialIn(current) || !isPartOf(value, action.value)), action.value];
			const text = next.length === 0 ? '' : printQuery([{kind: 'field', key: current.key, values: next, isNegated: false}]).slice(current.key.length + 1);
			return {...withField(textStateOf(text === '' ? '' : `${isNegated ? '-' : ''}${text}`)), choice: state.choice, isChosen: next.length > 0};
		}

		case 'reset': {
			return {...formOf(tab, ''), focus: state.focus};
		}
	}
};

const isPartOf = (value: string, chosen: string): boolean => chosen.toLowerCase().includes(value.toLowerCase());
