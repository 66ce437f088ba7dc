// Not the package's main entry: that loads the clients of servers too, which takes four times as long.
import {createClient, type Client} from '@libsql/client/sqlite3';

const lockWaitMs = 5000;

/**
 * For a file: one connection, so that settings of the connection hold for every statement, and a URI of SQLite's own
 * inside the client's URL, which is the only way to ask for `mode` and `immutable`.
 */
export const openFileClient = (path: string, parameters: string): Client => {
	const uri = `file:${encodeURI(path).replaceAll('?', '%3f').replaceAll('#', '%23')}?${parameters}`;
	return createClient({url: `file:${encodeURIComponent(uri)}`, timeout: lockWaitMs, concurrency: 1});
};
