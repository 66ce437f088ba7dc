import {type Tab, type SummaryOf, type RecordOf} from '../records.ts';

/**
 * How a value is read, shown and compared:
 * `instant` epoch ms; `duration` ms; `count` and `bytes` whole numbers; `percent` 0-100; `status` an HTTP status;
 * `choice` one of few words; `secret-id` an API key's ID, shown by the name that settings give it;
 * `json` any JSON value; `body` text that may be JSON; `headers` a map; `text` all else.
 */
export type FieldType =
	| 'text' | 'choice' | 'status' | 'instant' | 'duration' | 'count' | 'bytes' | 'percent'
	| 'secret-id' | 'json' | 'body' | 'headers' | 'list';

/**
 * How a query key compares:
 * `exact` (and `*` at the end is a prefix); `status` exact, a class such as `4xx`, or the words success and failure;
 * `number` exact, or `>N`, `<N`, `>=N`, `<=N`; `contains` a case-insensitive substring; `since` from that instant on; `until` before it.
 */
export type Match = 'exact' | 'status' | 'number' | 'contains' | 'since' | 'until';

export type QueryKey = {
	readonly key: string;
	readonly match: Match;
	/** One line for the form and for help. */
	readonly hint: string;
	/** The form offers the values that occur in the store. */
	readonly hasFacets?: boolean;
	/** A closed set of values; any other value is an error. */
	readonly values?: readonly string[];
};

export type Column = {
	readonly header: string;
	/** The least it is worth showing in, in terminal cells. */
	readonly width: number;
	/** What shows most values whole; it gets that where there is room, before less important columns come in. */
	readonly idealWidth?: number;
	readonly align?: 'left' | 'right';
	/** 1 stays longest; columns of the highest number leave first when the screen is narrow. */
	readonly priority: number;
	/** Order from the left, where it is not the fields' own. */
	readonly place?: number;
	/** An instant without its milliseconds: the detail has them. */
	readonly isBrief?: boolean;
	/** A field that is shown here when this one is empty. */
	readonly elseField?: string;
};

export type Field<Name extends string = string> = {
	/** Name of the record's property, the JSON field and the CSV column. */
	readonly name: Name;
	readonly label: string;
	readonly type: FieldType;
	readonly description: string;
	readonly queryKeys?: readonly QueryKey[];
	/** Shown as a list column. */
	readonly column?: Column;
	/** May be chosen in an export; `default` ones are chosen unless asked otherwise. */
	readonly export?: 'default' | 'optional';
	/** Only in the whole record, not in a list. */
	readonly isContent?: boolean;
};

export type FieldTable<T extends Tab = Tab> = {
	readonly tab: T;
	/** Title of the tab. */
	readonly title: string;
	/** What one record is called, and several. */
	readonly noun: readonly [one: string, many: string];
	readonly fields: ReadonlyArray<Field<(keyof SummaryOf[T] | keyof RecordOf[T]) & string>>;
	/** Fields that a bare word searches. */
	readonly textFields: readonly string[];
	/** Query text that applies when the query names none of `unlessKeys`. */
	readonly defaultQuery?: {readonly text: string; readonly unlessKeys: readonly string[]};
};
