import {createHash} from 'node:crypto';
import {Fault} from '../../domain/fault.ts';
import {exportsDirectory} from '../../store/data-directory.ts';
import {readStoreIdentity} from '../../store/originals/originals.ts';
import {writeFetchedFile} from '../../store/pull/remote-exports.ts';
import {beginExportFile} from '../export/export-file.ts';
import {removeEarlierTries} from '../export/leftovers.ts';
import {type ServiceContext} from '../service-context.ts';
import {type VoucherifyApi} from './voucherify-api.ts';

/** The text of a file with its secrets replaced, in pieces; `onRow` hears of each row, the heading included. */
export type ReadFile = (url: string, signal: AbortSignal, onRow: () => void) => Promise<AsyncIterable<string>>;

/** An ID from elsewhere is no path. */
const nameOf = (id: string): string => /^[\w-]{1,80}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 32);

/**
 * Fetches the file of an export of the project, and puts it where the files of our own are: whole or not at all, secrets
 * replaced, mode 0600. Throws a `Fault` that says why it is not to be had, or the signal's reason.
 */
export const fetchExport = async ({store, dataDirectory, now}: ServiceContext, {id, api, readFile, signal}: {
	readonly id: string;
	readonly api: VoucherifyApi;
	readonly readFile: ReadFile;
	readonly signal: AbortSignal;
}): Promise<void> => {
	const remote = await api.export(id, signal);
	if (remote === null) {
		throw new Fault(`Voucherify no longer has the export ${id}`, {remedy: 'export it there again'});
	}

	if (remote.downloadUrl === null) {
		throw new Fault(remote.status === 'error' ? `the export ${id} failed in Voucherify` : `the export ${id} is not done in Voucherify`, {
			remedy: remote.status === 'error' ? 'export it there again' : 'wait until it is',
		});
	}

	const directory = exportsDirectory(dataDirectory);
	const tryNumber = now();
	// Several stores may share the directory, and the project's IDs are not ours.
	const stem = `${nameOf(id)}-${(await readStoreIdentity(store)).slice(0, 8)}`;
	const name = `${stem}-${tryNumber}.csv`;
	let rows = 0;
	const {file} = await beginExportFile({directory, name});
	try {
		const text = await readFile(remote.downloadUrl, signal, () => {
			rows++;
		});
		for await (const piece of text) {
			signal.throwIfAborted();
			await file.write(Buffer.from(piece));
		}

		const {bytes, sha256} = await file.publish();
		await store.write(writeFetchedFile(id, {file: name, rows: Math.max(0, rows - 1), bytes, sha256}));
	} finally {
		await file.close({isKept: false});
	}

	await removeEarlierTries(directory, {exportId: stem, tryNumber, but: name});
};
