import fs from 'node:fs/promises';
import path from 'node:path';

/** Export and try of a file's name, whole or not. */
const namePattern = /^(?<exportId>.+)-(?<tryNumber>\d+)\.csv(?:\.part)?$/;

export type ExportFileName = {readonly name: string; readonly exportId: string; readonly tryNumber: number; readonly isWhole: boolean};

/** Null for a file that exports did not make. */
export const readExportFileName = (name: string): ExportFileName | null => {
	const groups = namePattern.exec(name)?.groups;
	return groups === undefined ? null : {name, exportId: groups['exportId'] ?? '', tryNumber: Number(groups['tryNumber']), isWhole: name.endsWith('.csv')};
};

/** Names in a directory of exports that exports made; none where there is no directory. */
export const listExportFiles = async (directory: string): Promise<readonly ExportFileName[]> => {
	try {
		return (await fs.readdir(directory)).map(readExportFileName).filter(name => name !== null);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return [];
		}

		throw error;
	}
};

/** Removes what earlier tries of an export left: unfinished files, and whole ones other than `but`. */
export const removeEarlierTries = async (directory: string, {exportId, tryNumber, but}: {readonly exportId: string; readonly tryNumber: number; readonly but: string | null}): Promise<void> => {
	for (const {name, ...file} of await listExportFiles(directory)) {
		if (file.exportId === exportId && file.tryNumber < tryNumber && name !== but) {
			await fs.rm(path.join(directory, name), {force: true});
		}
	}
};
