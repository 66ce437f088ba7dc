import {type Condition, type Filter, type Test} from './filter.ts';
import {containsPattern} from './fold-case.ts';

/** Any record, whole or a summary; a field that it lacks is empty. */
export type Matchable = Readonly<Record<string, unknown>> | object;

const patterns = new WeakMap<Test, RegExp>();

const patternOf = (test: Test & {kind: 'contains'}): RegExp => {
	const known = patterns.get(test);
	if (known !== undefined) {
		return known;
	}

	const pattern = containsPattern(test.value);
	patterns.set(test, pattern);
	return pattern;
};

/** JSON values are searched as the text that the store keeps. */
const textOf = (value: unknown): string => typeof value === 'string' ? value : JSON.stringify(value);

const holds = (test: Test, value: unknown): boolean => {
	if (value === null || value === undefined) {
		return test.kind === 'empty';
	}

	switch (test.kind) {
		case 'empty': {
			return false;
		}

		case 'equals': {
			return value === test.value;
		}

		case 'prefix': {
			return typeof value === 'string' && value.startsWith(test.value);
		}

		case 'contains': {
			return patternOf(test).test(textOf(value));
		}

		case 'range': {
			return typeof value === 'number' && value >= (test.from ?? -Infinity) && value < (test.before ?? Infinity);
		}
	}
};

const conditionHolds = ({fields, tests, isNegated}: Condition, record: Matchable): boolean =>
	fields.some(field => {
		const value = (record as Readonly<Record<string, unknown>>)[field];
		return tests.some(test => holds(test, value));
	}) !== isNegated;

/** Whether a record passes a filter; the same answer as the store's SQL gives. */
export const matches = (filter: Filter, record: Matchable): boolean => filter.every(condition => conditionHolds(condition, record));
