import path from 'node:path';
import {saveDownload} from '../downloads/save-download.ts';
import {saveFile} from '../export/publish-file.ts';
import {fileContent} from '../file-content.ts';
import {readSettings} from '../project-settings.ts';
import {type BrowseRequest, type BrowseServices, type BrowseSource, type BrowseTable, type Download} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {findSource} from './find-source.ts';
import {stateOfFile} from './read-file.ts';
import {openTable, type Table} from './table.ts';
import {createTableView, type TableView} from './table-view.ts';

/** How long one call works before it answers. */
const stepMs = 25;
/** Files whose places are kept; an older one is read anew when it is asked for. */
const mostOpen = 2;

type Opened = {readonly table: Promise<Table>; view: {readonly key: string; readonly view: TableView} | null; last: Promise<unknown>};

/**
 * Browsing of CSV files. Between calls it keeps where the rows of the last files lie, which can be found again at any time:
 * every call names its file and what it shows of it, so that nothing is lost with this process.
 */
export const createBrowser = (context: ServiceContext): BrowseServices => {
	const opened = new Map<string, Opened>();

	const open = (source: BrowseSource): Opened => {
		const key = JSON.stringify(source);
		const known = opened.get(key);
		const entry = known ?? {table: findSource(context, source).then(openTable), view: null, last: Promise.resolve()};
		opened.delete(key);
		opened.set(key, entry);
		entry.table.catch(() => {
			if (opened.get(key) === entry) {
				opened.delete(key);
			}
		});
		for (const oldest of [...opened.keys()].slice(0, -mostOpen)) {
			opened.delete(oldest);
		}

		return entry;
	};

	const viewOf = async (entry: Opened, {view}: BrowseRequest): Promise<TableView> => {
		const key = JSON.stringify(view);
		if (entry.view?.key !== key) {
			const {timezone, keyNames} = await readSettings(context.store);
			entry.view = {key, view: createTableView(await entry.table, view, {now: context.now(), timezone, keyNames})};
		}

		return entry.view.view;
	};

	/** One call after the other: each leaves the table whole for the next. */
	const inTurn = async <T>(request: BrowseRequest, run: (view: TableView, table: Table) => Promise<T>): Promise<T> => {
		const entry = open(request.source);
		const turn = entry.last.then(async () => run(await viewOf(entry, request), await entry.table));
		entry.last = turn.catch(() => undefined);
		return turn;
	};

	return {
		async browseOpen({source, isAnew = false}) {
			if (isAnew) {
				opened.delete(JSON.stringify(source));
			}

			const {source: {name, export: record}, layout: {headings, tab}, bytes} = await open(source).table;
			return {name, headings, tab, bytes, export: record} satisfies BrowseTable;
		},
		browseStep: (request, signal) => inTurn(request, async (view, table) => {
			signal?.throwIfAborted();
			const file = await table.compare();
			if (file === 'same') {
				await view.step(stepMs, signal);
			}

			return {...view.progress(), file};
		}),
		browseRows: ({from, limit, ...request}) => inTurn(request, async view => ({rows: await view.rows(from, limit)})),
		browseRow: ({place, ...request}) => inTurn(request, async view => view.row(place)),
		browseFind: ({text, from, isBackwards = false, ...request}) => inTurn(request, async view => view.find(text, {from, isBackwards, budgetMs: stepMs})),
		async browseSave({source, to, isForced = false}, signal) {
			if ('id' in source) {
				return saveDownload(context, {id: source.id, to, isForced}, signal);
			}

			const {bytes} = await stateOfFile(source.path);
			await saveFile(path.resolve(to), {content: fileContent(source.path), isForced, signal});
			return {kind: 'upload', name: path.basename(source.path), path: source.path, bytes, isText: true, secretsReplaced: 0} satisfies Download;
		},
	};
};
