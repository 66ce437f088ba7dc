import {type Headers, type Instant} from '../../domain/records.ts';
import {type CallFacts} from './published.ts';

/** The beginning of a body as it went over the wire, encoded where it was. */
export type KeptBody = {
	readonly bytes: Uint8Array;
	/** Of the whole body, in bytes. */
	readonly size: number;
	/** Its encoding was undone, whatever the headers say. */
	readonly isDecoded?: true;
};

/** A request and what came of it, as seen by who passed it on: nothing decoded, derived or redacted yet. */
export type Exchange = {
	readonly id: string;
	readonly created_at: Instant;
	readonly method: string;
	readonly url: string;
	/** Null when no response came. */
	readonly status: number | null;
	/** Why there is no response, or only a part of one: `upstream_refused`; null where all went well. */
	readonly error_key: string | null;
	/** Milliseconds. */
	readonly request_duration: number;
	readonly request_headers: Headers;
	readonly response_headers: Headers | null;
	readonly request_body: KeptBody | null;
	readonly response_body: KeptBody | null;
	/** Stands in where neither side gave one. */
	readonly request_id: string | null;
	/** What whoever answered the call knows of it; goes before all that is derived. */
	readonly facts?: CallFacts;
};
