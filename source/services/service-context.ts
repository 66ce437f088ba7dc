import {type Instant} from '../domain/records.ts';
import {type Store} from '../store/store.ts';

/** What the use cases work with. */
export type ServiceContext = {
	readonly store: Store;
	/** Where exports and originals are. Absolute. */
	readonly dataDirectory: string;
	/** The clock. */
	readonly now: () => Instant;
	/** Where keys of the Voucherify project may be. */
	readonly environment?: Readonly<Record<string, string | undefined>>;
	/** Brings the file of an export of the Voucherify project here. Throws a Fault that says why it cannot; absent where nothing can. */
	readonly fetchExport?: (id: string, signal?: AbortSignal) => Promise<void>;
};
