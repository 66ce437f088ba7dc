/**
 * A query whose values are settled: dates are instants, key names are IDs, defaults are in.
 * Conditions are ANDed. The store turns it into SQL; `matches` evaluates it on a record.
 */
export type Filter = readonly Condition[];

export type Condition = {
	/** Record fields; the condition holds when one test holds for one of them. */
	readonly fields: readonly string[];
	/** At least one; ORed. */
	readonly tests: readonly Test[];
	/** Holds for exactly the records for which it would not hold otherwise, empty values included. */
	readonly isNegated: boolean;
};

export type Test =
	| {readonly kind: 'equals'; readonly value: string | number}
	| {readonly kind: 'prefix'; readonly value: string}
	/** Case-insensitive by Unicode simple case folding. */
	| {readonly kind: 'contains'; readonly value: string}
	/** The value is null: `status:none`, a request without a response. */
	| {readonly kind: 'empty'}
	/** `from` inclusive, `before` exclusive; null never lies in a range. */
	| {readonly kind: 'range'; readonly from?: number; readonly before?: number};
