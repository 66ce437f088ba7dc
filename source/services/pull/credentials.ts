import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {parseEnv} from 'node:util';
import {Fault} from '../../domain/fault.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The server-side key of a project. Its parts are given out by calls, so that nothing that prints an object prints them. */
export type Credentials = {
	/** Where they came from, for a person. */
	readonly source: string;
	readonly appId: () => string;
	readonly secretKey: () => string;
};

const names = ['VOUCHERIFY_APP_ID', 'VOUCHERIFY_SECRET_KEY'] as const;

/** Where the keys can be kept: AUDITTY_VOUCHERIFY_FILE, or `voucherify.env` in the data directory. */
export const credentialsFile = (environment: Environment, dataDirectory: string): string =>
	environment['AUDITTY_VOUCHERIFY_FILE'] ? path.resolve(environment['AUDITTY_VOUCHERIFY_FILE']) : path.join(dataDirectory, 'voucherify.env');

const remedy = (file: string): string => `set ${names.join(' and ')}, or write both as NAME=VALUE lines into ${file} with mode 0600`;

const refuseShared = (file: string, stats: fs.Stats): void => {
	if (process.platform === 'win32') {
		return;
	}

	if ((stats.mode & 0o077) !== 0) {
		throw new Fault(`others can read the keys in ${file}`, {remedy: `take that away with chmod 600 ${file}, and make new keys in Voucherify`});
	}

	if (process.getuid !== undefined && stats.uid !== process.getuid()) {
		throw new Fault(`the keys in ${file} are another user's file`, {remedy: 'make it your own'});
	}
};

const readKeyFile = (file: string): Environment | null => {
	let handle: number;
	try {
		handle = fs.openSync(file, 'r');
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? '';
		if (code === 'ENOENT' || code === 'ENOTDIR') {
			return null;
		}

		throw new Fault(`the keys in ${file} cannot be read (${code})`, {remedy: 'check its permissions'});
	}

	try {
		const stats = fs.fstatSync(handle);
		if (!stats.isFile()) {
			throw new Fault(`${file} is no file of keys`, {remedy: remedy(file)});
		}

		refuseShared(file, stats);
		return parseEnv(fs.readFileSync(handle, 'utf8'));
	} finally {
		fs.closeSync(handle);
	}
};

const take = (from: Environment, source: string, file: string): Credentials | null => {
	const [appId, secretKey] = names.map(name => (from[name] ?? '').trim()) as [string, string];
	if (appId === '' && secretKey === '') {
		return null;
	}

	const missing = names.find((_, index) => [appId, secretKey][index] === '');
	if (missing !== undefined) {
		throw new Fault(`${missing} is missing in ${source}`, {remedy: remedy(file)});
	}

	// What a header cannot hold would come back in an error of the HTTP library.
	const broken = names.find((_, index) => !/^[\x21-\x7e]+$/.test([appId, secretKey][index] ?? ''));
	if (broken !== undefined) {
		throw new Fault(`${broken} in ${source} is no key`, {remedy: 'copy it once more from Voucherify, under Project Settings, Application Keys'});
	}

	return {source, appId: () => appId, secretKey: () => secretKey};
};

/** The keys: those of the environment, else those of the file; null where there are none. Throws a `Fault` for keys that may not or cannot be used. */
export const findCredentials = (environment: Environment, dataDirectory: string): Credentials | null => {
	const file = credentialsFile(environment, dataDirectory);
	const fromEnvironment = take(environment, 'the environment', file);
	if (fromEnvironment !== null) {
		return fromEnvironment;
	}

	const kept = readKeyFile(file);
	return kept === null ? null : take(kept, file, file);
};

/** The same; throws a `Fault` where there are none. */
export const requireCredentials = (environment: Environment, dataDirectory: string): Credentials => {
	const found = findCredentials(environment, dataDirectory);
	if (found === null) {
		throw new Fault('the keys of the Voucherify project are not given', {remedy: remedy(credentialsFile(environment, dataDirectory))});
	}

	return found;
};
