import {Fault} from '../../domain/fault.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {findSource, type FoundSource, sourceOfPath} from '../../services/browse/find-source.ts';
import {type StreamedRows, streamRows} from '../../services/browse/stream-rows.ts';
import {readSettings, unsetSettings} from '../../services/project-settings.ts';
import {type Settings} from '../../services/services.ts';
import {openStore} from '../../store/open-store.ts';
import {mayExist} from '../../store/require-store.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {readLimit} from '../print-records.ts';
import {createRowPrinter} from './row-printers.ts';
import {sourceOf} from './choose-source.ts';

type RowsRequest = {
	readonly what: string;
	readonly query: string;
	readonly flags: {readonly count: boolean; readonly exitCode: boolean; readonly raw: boolean};
	readonly context: CommandContext;
};

const defaultLimit = 100;
const mostNamed = 10;

/** Counts the rows that match, and hands on up to `limit` of them. */
const eachRow = async ({rows}: StreamedRows, limit: number, take: (rows: ReadonlyArray<readonly string[]>) => Promise<void>): Promise<number> => {
	let count = 0;
	for await (const found of rows()) {
		const kept = found.slice(0, limit - count);
		await take(kept);
		count += kept.length;
		if (count >= limit) {
			break;
		}
	}

	return count;
};

const tellProblems = async ({problems: {first, count}}: StreamedRows, name: string, {errors}: CommandContext): Promise<void> => {
	if (count > 0) {
		const lines = first.slice(0, mostNamed).map(({line, reason}) => `  line ${line}: ${reason}\n`);
		const more = count > mostNamed ? `  and ${count - mostNamed} more\n` : '';
		await errors.write(`auditty: ${count} ${count === 1 ? 'line of' : 'lines of'} ${makeSafe(name)} left out\n${lines.join('')}${more}`);
	}
};

type Opened = {readonly found: FoundSource; readonly settings: Settings; readonly close: () => Promise<void>};

/** A file needs no store: where there is none it is read as if nothing were set. */
const openSource = async (what: string, {storeLocation, dataDirectory, now}: CommandContext): Promise<Opened> => {
	const source = await sourceOf(what);
	if ('path' in source && !mayExist(storeLocation.url)) {
		return {found: sourceOfPath(source.path), settings: unsetSettings, close: () => Promise.resolve()};
	}

	const store = await openStore({...storeLocation, home: dataDirectory});
	try {
		return {settings: await readSettings(store), found: await findSource({store, dataDirectory, now}, source), close: store.close};
	} catch (error) {
		await store.close();
		throw error instanceof Fault && 'id' in source && error.message.startsWith('no export has')
			? new Fault(`there is no export and no file ${what}`, {remedy: 'find exports with auditty exports, or check the name of the file', cause: error})
			: error;
	}
};

/** What `auditty browse` prints: rows in the order of the file. Exit code 1 when the file ends in the middle of a row, and with `--exit-code` when a row matched. */
export const printRows = async ({what, query, flags, context}: RowsRequest): Promise<ExitCode> => {
	const limit = readLimit(context.globals.limit);
	const {now, signal, output, format} = context;
	const {found, settings, close} = await openSource(what, context);
	try {
		const streamed = await streamRows(found, query, {now: now(), timezone: settings.timezone, keyNames: settings.keyNames}, signal);
		let count = 0;
		if (flags.count) {
			count = await eachRow(streamed, Infinity, () => Promise.resolve());
			await output.write(format === 'json' ? `${JSON.stringify({count})}\n` : `${count}\n`);
		} else {
			const printer = createRowPrinter(format === 'auto' ? 'plain' : format, {columns: streamed.columns, settings, output, isRaw: flags.raw});
			count = await eachRow(streamed, limit ?? defaultLimit, printer.print);
			await printer.end();
			if (count === 0) {
				await context.errors.write(query === '' ? `auditty: ${makeSafe(found.name)} holds no rows\n` : `auditty: no row of ${makeSafe(found.name)} matches\n`);
			}
		}

		await tellProblems(streamed, found.name, context);
		return streamed.isCut() || (flags.exitCode && count > 0) ? 1 : 0;
	} finally {
		await close();
	}
};
