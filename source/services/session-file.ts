import {mkdir, open, readFile, rename, rm} from 'node:fs/promises';
import path from 'node:path';
import {createHash} from 'node:crypto';
import {type Tab} from '../domain/records.ts';
import {type Position} from './services.ts';

/** Where a tab was left. */
export type TabSession = {
	readonly query: string;
	/** The record under the cursor; null at the newest end. */
	readonly position: Position | null;
	readonly marks: readonly string[];
	readonly isTimelineShown: boolean;
	/** Earlier queries, newest first. */
	readonly history: readonly string[];
	/** Columns of the last export. */
	readonly exportFields?: readonly string[] | undefined;
};

/** What survives a restart and a dropped connection, for one store. */
export type Session = {
	readonly tab: Tab;
	readonly timeMode: 'project' | 'local' | 'utc';
	readonly tabs: Readonly<Partial<Record<Tab, TabSession>>>;
};

const fileOf = (directory: string, storeUrl: string): string =>
	path.join(directory, 'sessions', `${createHash('sha256').update(storeUrl).digest('hex').slice(0, 16)}.json`);

/** Null when there is none, or none that can be read: a lost session is no reason not to open. */
export const readSession = async (directory: string, storeUrl: string): Promise<Session | null> => {
	try {
		const session = JSON.parse(await readFile(fileOf(directory, storeUrl), 'utf8')) as unknown;
		return isSession(session) ? session : null;
	} catch {
		return null;
	}
};

const isSession = (value: unknown): value is Session =>
	typeof value === 'object' && value !== null && 'tab' in value && 'tabs' in value && typeof value.tabs === 'object' && value.tabs !== null;

/** Written whole or not at all, for its owner only. */
export const writeSession = async (directory: string, storeUrl: string, session: Session): Promise<void> => {
	const file = fileOf(directory, storeUrl);
	const temporary = `${file}.${process.pid}.tmp`;
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const handle = await open(temporary, 'w', 0o600);
	try {
		await handle.writeFile(JSON.stringify(session));
	} finally {
		await handle.close();
	}

	try {
		await rename(temporary, file);
	} catch (error) {
		await rm(temporary, {force: true});
		throw error;
	}
};
