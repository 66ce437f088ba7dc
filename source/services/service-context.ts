import {type Instant} from '../domain/records.ts';
import {type Store} from '../store/store.ts';

/** What the use cases work with. */
export type ServiceContext = {
	readonly store: Store;
	/** Where exports and originals are. Absolute. */
	readonly dataDirectory: string;
	/** The clock. */
	readonly now: () => Instant;
};
