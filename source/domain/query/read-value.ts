import {type BoundKey} from '../fields/field-tables.ts';
import {dateForms, parseDate, type DateForm} from '../time/parse-date.ts';
import {type Test} from './filter.ts';

/** What a value asks of a record, as far as it can be told without a clock, a zone and the names of keys. */
export type Meaning =
	| {readonly kind: 'test'; readonly field: string; readonly test: Test}
	| {readonly kind: 'date'; readonly field: string; readonly form: DateForm};

export type ValueReading =
	| {readonly ok: true; readonly meaning: Meaning}
	| {readonly ok: false; readonly message: string; readonly remedy: string};

// HTTP has statuses of three digits. The bound matters: a comparison without one would, in SQL, hold for words too.
const statusesEnd = 1000;

const comparisonPattern = /^(>=|<=|>|<)?(\d{1,15})$/;

/** `3`, `>5`, `<=1`: whole numbers. */
const readComparison = (value: string): Test | undefined => {
	const match = comparisonPattern.exec(value);
	if (match === null) {
		return undefined;
	}

	const number = Number(match[2]);
	switch (match[1]) {
		case '>': {
			return {kind: 'range', from: number + 1};
		}

		case '>=': {
			return {kind: 'range', from: number};
		}

		case '<': {
			return {kind: 'range', before: number};
		}

		case '<=': {
			return {kind: 'range', before: number + 1};
		}

		default: {
			return {kind: 'equals', value: number};
		}
	}
};

/** A value with `*` at its end is a prefix; `\*` at the end is the character itself. */
const readText = (value: string): Test => {
	if (value.endsWith('\\*')) {
		return {kind: 'equals', value: `${value.slice(0, -2)}*`};
	}

	return value.endsWith('*') ? {kind: 'prefix', value: value.slice(0, -1)} : {kind: 'equals', value};
};

const readStatus = (value: string): Omit<Meaning & {kind: 'test'}, 'kind'> | undefined => {
	const word = value.toLowerCase();
	if (word === 'success' || word === 'failure') {
		return {field: 'outcome', test: {kind: 'equals', value: word}};
	}

	if (word === 'none') {
		return {field: 'status', test: {kind: 'empty'}};
	}

	if (word === '*') {
		return {field: 'status', test: {kind: 'range', from: 0, before: statusesEnd}};
	}

	const start = /^([1-9]\d{0,2})(?:\*|(?<=^\d)xx|(?<=^\d\d)x)$/.exec(word)?.[1];
	if (start !== undefined) {
		const size = 10 ** (3 - start.length);
		return {field: 'status', test: {kind: 'range', from: Number(start) * size, before: (Number(start) + 1) * size}};
	}

	const test = /^\D*\d{3}$/.test(word) ? readComparison(word) : undefined;
	if (test?.kind === 'range') {
		return {field: 'status', test: {kind: 'range', from: test.from ?? 0, before: test.before ?? statusesEnd}};
	}

	return test === undefined ? undefined : {field: 'status', test};
};

const wrong = (message: string, remedy: string): ValueReading => ({ok: false, message, remedy});

const readChoice = (key: BoundKey, choices: readonly string[], value: string): ValueReading => {
	const test = readText(value.toLowerCase());
	const isKnown = test.kind === 'prefix' ? choices.some(choice => choice.startsWith(test.value)) : choices.some(choice => choice === value.toLowerCase());
	return isKnown
		? {ok: true, meaning: {kind: 'test', field: key.field.name, test}}
		: wrong(`${key.key} cannot be "${value}"`, `choose from ${choices.join(', ')}`);
};

/** Reads one value of a key of the table of fields. */
export const readValue = (key: BoundKey, value: string): ValueReading => {
	const field = key.field.name;
	switch (key.match) {
		case 'since':
		case 'until': {
			const date = parseDate(value);
			return date.ok ? {ok: true, meaning: {kind: 'date', field, form: date.form}} : wrong(`${key.key}: ${date.message}`, dateForms);
		}

		case 'contains': {
			return {ok: true, meaning: {kind: 'test', field, test: {kind: 'contains', value}}};
		}

		case 'number': {
			const test = readComparison(value);
			return test === undefined
				? wrong(`${key.key} cannot be "${value}"`, 'write a whole number, or compare with one: 3, >5, <5, >=3, <=1')
				: {ok: true, meaning: {kind: 'test', field, test}};
		}

		case 'status': {
			const status = readStatus(value);
			return status === undefined
				? wrong(`${key.key} cannot be "${value}"`, 'write failure, success, none (no response), a class such as 4xx, a code such as 404, or >=500')
				: {ok: true, meaning: {kind: 'test', ...status}};
		}

		case 'exact': {
			return key.values === undefined ? {ok: true, meaning: {kind: 'test', field, test: readText(value)}} : readChoice(key, key.values, value);
		}
	}
};
