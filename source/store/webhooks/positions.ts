import {type Statement, type Store} from '../store.ts';

/** How far something that follows the arrival of logs has come; null when it never began. */
export const readPosition = async (store: Store, name: string): Promise<number | null> => {
	const [row] = await store.read('SELECT seq FROM positions WHERE name = ?', [name]);
	return row === undefined ? null : Number(row.seq);
};

/** It never goes back. */
export const writePosition = (name: string, seq: number): Statement => ({
	sql: 'INSERT INTO positions (name, seq) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seq = max(seq, excluded.seq)',
	args: [name, seq],
});

/** What follows begins at the end when it is asked for again. */
export const forgetPosition = (name: string): Statement => ({sql: 'DELETE FROM positions WHERE name = ?', args: [name]});
