import {constants} from 'node:fs';
import {access, stat, statfs} from 'node:fs/promises';
import path from 'node:path';
import {ok, warning, problem, type Check} from './check.ts';

/** `f_type` of Linux, from statfs(2), for file systems whose locks SQLite cannot rely on. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
	[0x6969, 'NFS'], [0x517b, 'SMB'], [0xff534d42, 'CIFS'], [0xfe534d42, 'SMB 2'], [0x01021997, '9P'], [0x5346414f, 'AFS'],
	[0x73757245, 'Coda'], [0x00c36400, 'Ceph'], [0x65735546, 'FUSE, perhaps of another machine'],
]);

const lowSpaceBytes = 500 * 1024 ** 2;

const modeText = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');

const modeOf = async (file: string): Promise<number | null> => {
	try {
		return (await stat(file)).mode;
	} catch {
		return null;
	}
};

/** The directory, or the nearest one above it that exists. */
const existing = async (directory: string): Promise<string> => {
	const parent = path.dirname(directory);
	return await modeOf(directory) !== null || parent === directory ? directory : existing(parent);
};

const checkDirectory = async (directory: string): Promise<Check> => {
	const mode = await modeOf(directory);
	if (mode === null) {
		return ok('data directory', `${directory} (made when it is needed)`);
	}

	try {
		await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
	} catch {
		return problem('data directory', `${directory} may not be read and written`, 'change its owner or its mode, or set AUDITTY_HOME');
	}

	return (mode & 0o077) === 0
		? ok('data directory', `${directory}, ${modeText(mode)}`)
		: warning('data directory', `${directory} is open to others, ${modeText(mode)}`, `run chmod 700 '${directory}'`);
};

const checkModes = async (file: string): Promise<Check> => {
	const files = [file, `${file}-wal`, `${file}-shm`];
	const modes = await Promise.all(files.map(modeOf));
	const open = files.filter((_, index) => ((modes[index] ?? 0) & 0o077) !== 0);
	return open.length === 0
		? ok('store modes', modeText(modes[0] ?? 0))
		: problem('store modes', `${open.join(', ')} can be read by others`, `run chmod 600 ${open.map(name => `'${name}'`).join(' ')}`);
};

const checkFileSystem = async (directory: string): Promise<readonly Check[]> => {
	const place = await existing(directory);
	const {type, bavail, bsize} = await statfs(place);
	const network = process.platform === 'linux' ? networkFileSystems.get(type) : undefined;
	const freeBytes = bavail * bsize;
	const freeText = `${Math.floor(freeBytes / 1024 ** 2)} MiB free`;
	return [
		network === undefined
			? ok('file system', 'local')
			: warning('file system', `${network}: locks may not hold between machines`, 'keep the store on a local disk, or on a libSQL server with --db'),
		freeBytes < lowSpaceBytes ? warning('disk space', freeText, 'free some, or set a shorter retention') : ok('disk space', freeText),
	];
};

/** Data directory, file system and, where the store is a file that exists, its modes. */
export const checkFiles = async ({directory, storeFile}: {readonly directory: string; readonly storeFile: string | null}): Promise<readonly Check[]> => [
	await checkDirectory(directory),
	...(storeFile !== null && await modeOf(storeFile) !== null ? [await checkModes(storeFile)] : []),
	...await checkFileSystem(storeFile === null ? directory : path.dirname(storeFile)),
];
