import {type Instant} from '../records.ts';

const furthestInstant = 8_640_000_000_000_000;

/** ISO 8601 in UTC with milliseconds and `Z`; null for none, and for what is no instant. */
export const isoInstant = (at: Instant | null): string | null => at !== null && Math.abs(at) <= furthestInstant ? new Date(at).toISOString() : null;
