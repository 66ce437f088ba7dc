import {readdir} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';

/** What stands where a path began, and the names that could go on. */
export type PathCompletion = {readonly text: string; readonly names: readonly string[]};

const mostNames = 200;

/** A path as a person types it, with `~` for the home directory as in a shell. */
export const expandHome = (text: string): string => text.replace(/^~(?=\/|$)/, homedir());

const commonStart = (names: readonly string[]): string => {
	const [first = '', ...others] = names;
	let length = first.length;
	for (const name of others) {
		while (!name.startsWith(first.slice(0, length))) {
			length--;
		}
	}

	return first.slice(0, length);
};

/**
 * Completes a path as a shell does: as far as the names in its directory agree; a directory ends with `/`. Hidden files only
 * when a dot was typed. A directory that cannot be read gives no names.
 */
export const completePath = async (typed: string): Promise<PathCompletion> => {
	const text = expandHome(typed);
	const cut = text.lastIndexOf('/') + 1;
	const [directory, start] = [text.slice(0, cut), text.slice(cut)];
	const entries = await readdir(path.resolve(directory === '' ? '.' : directory), {withFileTypes: true}).catch(() => []);
	const names = entries
		.filter(({name}) => name.startsWith(start) && (start.startsWith('.') || !name.startsWith('.')))
		.map(entry => entry.isDirectory() ? `${entry.name}/` : entry.name)
		.sort()
		.slice(0, mostNames);
	return {text: names.length === 0 ? text : directory + commonStart(names), names};
};
