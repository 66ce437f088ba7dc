import fs from 'node:fs/promises';
import path from 'node:path';
import {type Instant} from '../../domain/records.ts';
import {exportsDirectory} from '../../store/data-directory.ts';
import {readExportFileStates} from '../../store/exports/export-plan.ts';
import {type Store} from '../../store/store.ts';
import {listExportFiles} from '../export/leftovers.ts';
import {sweepOriginals} from '../originals/sweep-originals.ts';

/**
 * Of the exports that this store knows: another store may have the same data directory, and its files are its own.
 * One that is still being made, or may be, is left alone.
 */
const sweepExports = async (store: Store, directory: string): Promise<number> => {
	const files = await listExportFiles(directory);
	const states = await readExportFileStates(store, [...new Set(files.map(({exportId}) => exportId))]);
	let removed = 0;
	for (const {name, exportId} of files) {
		const state = states.get(exportId);
		if (state !== undefined && !state.isUnfinished && state.file !== name) {
			await fs.rm(path.join(directory, name), {force: true});
			removed++;
		}
	}

	return removed;
};

/** Removes files of exports and originals that nothing refers to any more, and says how many. */
export const sweepFiles = async ({store, dataDirectory, before}: {readonly store: Store; readonly dataDirectory: string; readonly before: Instant}): Promise<number> =>
	await sweepExports(store, exportsDirectory(dataDirectory)) + await sweepOriginals({store, dataDirectory, before});
