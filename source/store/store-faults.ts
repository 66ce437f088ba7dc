import {LibsqlError} from '@libsql/client/sqlite3';
import {Fault} from '../domain/fault.ts';

/** SQLite's primary result code, also where the driver gives it only in its text. */
export const codeOf = (error: unknown): string | undefined => {
	if (!(error instanceof Error)) {
		return undefined;
	}

	const code = error instanceof LibsqlError ? error.code : '';
	// The driver has no code for it.
	if (error.message.includes('Unable to open connection')) {
		return 'SQLITE_CANTOPEN';
	}

	const inText = /SQLITE_[A-Z]+/.exec(`${code} ${error.message}`)?.[0];
	return inText ?? (code === '' ? undefined : code);
};

/** Another connection holds a lock; the statement left its connection unusable (libsql-client-ts #352). */
export const isBusy = (error: unknown): boolean => {
	const code = codeOf(error);
	return code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED';
};

const knownFaults: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
	SQLITE_BUSY: ['the store is locked by another process', 'wait until it is done, or end it, and try again'],
	SQLITE_LOCKED: ['the store is locked by another process', 'wait until it is done, or end it, and try again'],
	SQLITE_FULL: ['the disk is full', 'free some space and try again; what was stored before is whole'],
	SQLITE_NOTADB: ['the file is not a store', 'name another file with --db, or move this one away'],
	SQLITE_CORRUPT: ['the store is damaged', 'restore it from a backup, or move it away and import again'],
	SQLITE_READONLY: ['the store cannot be written', 'check the permissions of the file and of its directory, or use --read-only'],
	SQLITE_IOERR: ['the disk reported an error', 'check the disk and its free space, and try again'],
	SQLITE_CANTOPEN: ['the store cannot be opened', 'check the permissions of the file and of its directory'],
	SERVER_ERROR: ['the server of the store reported an error', 'check that --db names a libSQL server, and AUDITTY_DB_TOKEN'],
	HRANA_PROTO_ERROR: ['the server does not speak libSQL', 'check --db'],
};

const isNetworkFailure = (error: unknown): boolean =>
	(error instanceof TypeError && error.message === 'fetch failed') || (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'));

/** What a person can act on; faults of our own, and bugs in SQL, pass through. */
export const toFault = (error: unknown, name: string): unknown => {
	if (error instanceof Fault) {
		return error;
	}

	const known = knownFaults[codeOf(error) ?? ''];
	if (known) {
		return new Fault(`${known[0]} (${name})`, {remedy: known[1], cause: error});
	}

	if (isNetworkFailure(error)) {
		return new Fault(`the server of the store does not answer (${name})`, {remedy: 'check --db and the network, and try again', cause: error});
	}

	return error;
};

/** A fault of the store that may be over when the same is tried again: a lock, the network. */
export const isPassing = (error: unknown): boolean =>
	error instanceof Fault && (isBusy(error.cause) || isNetworkFailure(error.cause));
