/** What redaction needs to know. */
export type Redaction = {
	/** Random key of this installation, kept outside the store: without it a fingerprint tells nothing. */
	readonly fingerprintKey: Buffer | string;
	/** Further names of headers, query parameters and JSON keys whose values are secret; case, `-` and `_` do not matter. */
	readonly extraKeys: readonly string[];
	/** Hears of each secret that is replaced, with all encodings undone, and what stands in its place. */
	readonly onSecret?: (secret: string, mark: string) => void;
};

/** A text with its secrets replaced, and how many there were. */
export type Redacted<T = string> = {readonly value: T; readonly secretsReplaced: number};
