import fs from 'node:fs/promises';
import path from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {columnsOfHeadings} from '../../domain/browse/columns.ts';
import {readViewFilter} from '../../services/browse/table-view.ts';
import {type BrowseSource} from '../../services/services.ts';
import {type CommandContext} from '../command-context.ts';

const isFile = async (name: string): Promise<boolean> => fs.stat(name).then(() => true, () => false);

/** What looks like a path is one; a word is an ID, unless only a file has that name. */
export const sourceOf = async (what: string): Promise<BrowseSource> => {
	const isPath = what.includes('/') || what.includes(path.sep) || /\.(?:csv|tsv|txt)$/i.test(what);
	return isPath || (!/^[\w-]+$/.test(what)) || (await isFile(what) && !what.startsWith('exp_')) ? {path: path.resolve(what)} : {id: what};
};

/** What the screen is to browse. Throws a `Fault` when that cannot be, before the screen opens. */
export const chooseSource = async (what: string, context: CommandContext, query: string): Promise<BrowseSource> => {
	const source = await sourceOf(what);
	const {services, close} = await context.openServices();
	try {
		const {headings, tab} = await services.browseOpen({source});
		const settings = await services.settings();
		readViewFilter(query, {columns: columnsOfHeadings(headings, tab)}, {now: context.now(), timezone: settings.timezone, keyNames: settings.keyNames});
		return source;
	} catch (error) {
		throw error instanceof Fault && 'id' in source && error.message.startsWith('no export has')
			? new Fault(`there is no export and no file ${what}`, {remedy: 'find exports with auditty exports, or check the name of the file', cause: error})
			: error;
	} finally {
		await close();
	}
};
