/**
 * A query as a person wrote it: terms that are ANDed, in order. It is plain data; what its values mean
 * for a tab is settled by `resolveQuery`.
 */
export type Query = readonly Term[];

export type Term = FieldTerm | TextTerm;

/** `key:a,b`: the record's field matches one of the values. */
export type FieldTerm = {
	readonly kind: 'field';
	readonly key: string;
	/** At least one. */
	readonly values: readonly string[];
	readonly isNegated: boolean;
};

/** A word without a key: the record's text contains it. */
export type TextTerm = {
	readonly kind: 'text';
	readonly text: string;
	readonly isNegated: boolean;
};

/** What is wrong with a query text, where, and what to do. `message` and `remedy` are whole clauses. */
export type QueryProblem = {
	readonly message: string;
	readonly remedy: string;
	/** UTF-16 offsets in the text. */
	readonly start: number;
	readonly end: number;
};
