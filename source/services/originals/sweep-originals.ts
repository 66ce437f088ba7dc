import fs from 'node:fs/promises';
import path from 'node:path';
import {type Instant} from '../../domain/records.ts';
import {originalsDirectory} from '../../store/data-directory.ts';
import {forgetOldOriginals} from '../../store/originals/originals.ts';
import {type Store} from '../../store/store.ts';
import {originalsOf} from './original-files.ts';

/** A file that was touched so lately may be about to be referred to. */
const graceMs = 3_600_000;

const filesIn = async (directory: string): Promise<readonly string[]> => {
	try {
		return (await fs.readdir(directory, {withFileTypes: true})).filter(entry => entry.isFile()).map(({name}) => path.join(directory, name));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return [];
		}

		throw error;
	}
};

/** Removes the originals all of whose logs are older than `before`, and what unfinished imports left; says how many. */
export const sweepOriginals = async ({store, dataDirectory, before}: {readonly store: Store; readonly dataDirectory: string; readonly before: Instant}): Promise<number> => {
	const needed = await forgetOldOriginals(store, before);
	const files = [...await filesIn(await originalsOf(store, dataDirectory)), ...await filesIn(originalsDirectory(dataDirectory))];
	let removed = 0;
	for (const file of files) {
		// By the clock of the files, not of the store.
		const touchedAt = await fs.stat(file).then(stats => stats.mtimeMs, () => null);
		if (!needed.has(path.basename(file)) && touchedAt !== null && Date.now() - touchedAt > graceMs) {
			await fs.rm(file, {force: true});
			removed++;
		}
	}

	return removed;
};
