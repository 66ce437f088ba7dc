/** What a cell holds. */
export type SqlValue = string | number | null;

/** Bytes are text in UTF-8 to be taken by `CAST(? AS TEXT)`. */
export type SqlArgument = SqlValue | Uint8Array;

export type SqlArguments = readonly SqlArgument[] | Readonly<Record<string, SqlArgument>>;

export type SqlRow = Readonly<Record<string, SqlValue>>;

export type Statement = {readonly sql: string; readonly args?: SqlArguments};

export type WriteResult = {
	/** Rows of a statement with RETURNING. Count these: `rowsAffected` is 0 beside RETURNING on a file. */
	readonly rows: readonly SqlRow[];
	/** Rows that a statement without RETURNING inserted, changed or deleted. */
	readonly rowsAffected: number;
};

export type WriteOptions = {
	/**
	 * `full` (the default) survives a loss of power once the call returns; `relaxed` survives the death of the process
	 * and may lose the last moments with the power. Only for what can be brought in again, such as logs.
	 */
	readonly durability?: 'full' | 'relaxed';
};

/**
 * The store: one libSQL database, in a file or on a server. Statements of one `write` are one transaction that holds
 * the write lock from its start; there is no transaction that spans calls. On a server an answer can be lost after the
 * write took place, so that every write must do no harm when it is repeated (`ON CONFLICT`, a key, a fence).
 * All calls throw a `Fault` when the store cannot be used.
 */
export type Store = {
	readonly isReadOnly: boolean;
	readonly isRemote: boolean;
	/** What to call the store on screen: its path or its URL, without secrets. */
	readonly name: string;
	/** Of one SELECT. On a file this blocks the thread until all rows are read. */
	readonly read: <Row extends SqlRow = SqlRow>(sql: string, args?: SqlArguments) => Promise<readonly Row[]>;
	/**
	 * Of one SELECT of one row with one column called `text`: what it holds, as UTF-8; nothing where there is no row. On a
	 * file it costs half of what `read` takes for it, and can be handed to another thread as it is.
	 */
	readonly readText: (sql: string, args?: SqlArguments) => Promise<Uint8Array<ArrayBuffer>>;
	/** All or nothing, in order; a result for each statement. */
	readonly write: (statements: readonly Statement[], options?: WriteOptions) => Promise<readonly WriteResult[]>;
	/** Gives up to `pages` free pages back to the file system; nothing on a server. */
	readonly giveBackSpace: (pages: number) => Promise<void>;
	/** Empties the log of writes, in which what was deleted can still be read. False while a reader holds on to it. */
	readonly emptyLog: () => Promise<boolean>;
	readonly close: () => Promise<void>;
};
