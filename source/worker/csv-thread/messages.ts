import {type CsvPage} from '../../services/export/csv-formatter.ts';

/** Buffers go along with their memory: whoever sent one can no longer read it. */
export type ToThread = {readonly id: number; readonly rows: Uint8Array<ArrayBuffer>};

export type FromThread = {readonly id: number} & ({readonly page: CsvPage} | {readonly error: Error});
