import fs from 'node:fs/promises';
import path from 'node:path';
import {type Instant} from '../../domain/records.ts';
import {forgetOldOriginals} from '../../store/originals/originals.ts';
import {type Store} from '../../store/store.ts';
import {originalsOf} from './original-files.ts';

/** A file that was touched so lately may be about to be referred to. */
const graceMs = 3_600_000;

/** Removes the originals all of whose logs are older than `before`, and what unfinished imports left; says how many. */
export const sweepOriginals = async ({store, dataDirectory, before}: {readonly store: Store; readonly dataDirectory: string; readonly before: Instant}): Promise<number> => {
	const needed = await forgetOldOriginals(store, before);
	const directory = await originalsOf(store, dataDirectory);
	const names = await fs.readdir(directory).catch((error: unknown) => {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return [];
		}

		throw error;
	});
	let removed = 0;
	for (const name of names) {
		const file = path.join(directory, name);
		// By the clock of the files, not of the store.
		const touchedAt = await fs.stat(file).then(stats => stats.mtimeMs, () => null);
		if (!needed.has(name) && touchedAt !== null && Date.now() - touchedAt > graceMs) {
			await fs.rm(file, {force: true});
			removed++;
		}
	}

	return removed;
};
