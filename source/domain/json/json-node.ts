export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';

/** A value in a JSON text, in the order and with the literals of the text; duplicate keys are all there. */
export type JsonNode = {
	readonly kind: JsonKind;
	/** The key's literal with its quotes, for a member of an object; null in arrays and at the root. */
	readonly keyLiteral: string | null;
	/** UTF-16 offsets of the value in the text. */
	readonly start: number;
	readonly end: number;
	/** Null for a scalar. */
	readonly children: readonly JsonNode[] | null;
	/** The text ends within this value. */
	readonly isCut: boolean;
};

export type JsonTree =
	/** `isCut`: the text ends in the middle; the tree holds what came until there. */
	| {readonly ok: true; readonly text: string; readonly root: JsonNode; readonly isCut: boolean}
	/** Not JSON: `at` is the UTF-16 offset of what is wrong, `message` a clause. */
	| {readonly ok: false; readonly at: number; readonly message: string};
