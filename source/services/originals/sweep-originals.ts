import {type Instant} from '../../domain/records.ts';
import {type Store} from '../../store/store.ts';

export const sweepOriginals = (_: {readonly store: Store; readonly dataDirectory: string; readonly before: Instant}): Promise<number> => Promise.resolve(0);
