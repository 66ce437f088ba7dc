import {Fault} from '../domain/fault.ts';
import {type Store} from './store.ts';
import {codeOf} from './store-faults.ts';
import {migrations} from './migrations/migrations.ts';

/** 0 for an empty store. Throws a `Fault` when the tables are those of another program. */
const storedVersion = async (store: Store): Promise<number> => {
	const tables = await store.read(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'libsql\\_%' ESCAPE '\\'`);
	if (tables.length === 0) {
		return 0;
	}

	if (!tables.some(({name}) => name === 'schema_versions')) {
		throw new Fault(`the database ${store.name} belongs to another program`, {remedy: 'name another one with --db'});
	}

	const [row] = await store.read('SELECT max(version) AS version FROM schema_versions');
	return Number(row?.version ?? 0);
};

const refuseNewer = (version: number, store: Store): void => {
	if (version > migrations.length) {
		throw new Fault(`the store ${store.name} was made by a newer auditty (schema ${version}, this one knows ${migrations.length})`, {remedy: 'update auditty'});
	}
};

/** Throws a `Fault` when the schema is not the one that this version reads. Writes nothing. */
export const checkSchema = async (store: Store): Promise<void> => {
	const version = await storedVersion(store);
	refuseNewer(version, store);
	if (version < migrations.length) {
		throw new Fault(`the store ${store.name} ${version === 0 ? 'is empty' : 'was made by an older auditty'}`, {remedy: 'open it once without --read-only'});
	}
};

/**
 * Brings the schema up to date, one transaction a version. Of several processes that open a new store at once one does
 * it: the row of a version is inserted first, inside the write lock, and who finds it there begins again by reading.
 */
export const migrate = async (store: Store): Promise<void> => {
	for (;;) {
		const version = await storedVersion(store);
		refuseNewer(version, store);
		const statements = migrations[version];
		if (statements === undefined) {
			return;
		}

		try {
			await store.write([
				{sql: 'CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT'},
				{sql: `INSERT INTO schema_versions (version, applied_at) VALUES (?, CAST(unixepoch('subsec') * 1000 AS INTEGER))`, args: [version + 1]},
				...statements.map(sql => ({sql})),
			]);
		} catch (error) {
			if (codeOf(error) !== 'SQLITE_CONSTRAINT') {
				throw error;
			}
		}
	}
};
