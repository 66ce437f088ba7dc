import {type Instant} from '../../domain/records.ts';
import {readInstant} from '../fields/read-instant.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object of an answer; one without properties for anything else. */
export const objectOf = (value: unknown): JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : {};

/** Text that says something; null for anything else. */
export const textOf = (value: unknown): string | null => typeof value === 'string' && value.trim() !== '' ? value : null;

/** Null for what is no number of at least 0. */
export const numberOf = (value: unknown): number | null => typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

export const instantOf = (value: unknown): Instant | null => value === null || value === undefined ? null : readInstant(value);

/** A user: an ID, or an object of an undocumented shape. */
export const userOf = (value: unknown): string | null => {
	const {email, name, id} = objectOf(value);
	return textOf(value) ?? textOf(email) ?? textOf(name) ?? textOf(id);
};

/** The items of a list answer of either style: under the name that `data_ref` gives, else under the first of `names` that is there. */
export const itemsOf = (answer: unknown, ...names: readonly string[]): readonly JsonObject[] => {
	const list = objectOf(answer);
	const items = [textOf(list['data_ref']), ...names, 'data'].map(name => name === null ? null : list[name]).find(Array.isArray) as readonly unknown[] | undefined;
	return (Array.isArray(answer) ? answer as readonly unknown[] : items ?? []).map(objectOf);
};
