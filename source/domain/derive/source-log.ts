import {type Log} from '../records.ts';

/**
 * A log as a source gives it, before anything is derived, redacted or stored: a property that the source
 * does not give is absent. `created_at` is epoch ms.
 */
export type SourceLog = {readonly [K in keyof Log]?: Log[K] | undefined};
