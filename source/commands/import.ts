import path from 'node:path';
import process from 'node:process';
import {UsageFault} from '../domain/fault.ts';
import {isoInstant} from '../domain/time/iso-instant.ts';
import {fileOfDescriptorPath, isDescriptorPath} from '../services/import/descriptor-path.ts';
import {type ImportReport} from '../services/import/import-report.ts';
import {type ImportFormat} from '../services/services.ts';
import {defineCommand, type ExitCode} from './command.ts';
import {type CommandContext} from './command-context.ts';
import {refuseCsv} from './refuse-csv.ts';

const requireInput = (file: string, context: CommandContext): void => {
	if (file === '') {
		throw new UsageFault('the name of the file is empty', {remedy: 'write auditty import FILE, or - for standard input'});
	}

	if (file === '-' && context.isInputTerminal) {
		throw new UsageFault('standard input is a terminal', {remedy: 'pipe a file into auditty import -, or name it'});
	}

	if (context.storeLocation.isReadOnly) {
		throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out to import'});
	}
};

const shellWord = (word: string): string => /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll('\'', String.raw`'\''`)}'`;

const importFile = async (context: CommandContext, given: string, format: ImportFormat | undefined): Promise<ExitCode> => {
	const {errors, environment, now, signal} = context;
	const file = await fileOfDescriptorPath(given);
	const [{openLogSource}, {createSpool}, {originalsDirectory}, {originalOfFile}, {runImport}, {rejectionLines, summaryText}, {showProgress}] = await Promise.all([
		import('../intake/open-log-source.ts'), import('../services/originals/spool.ts'), import('../store/data-directory.ts'), import('../worker/tasks/keep-import-original.ts'),
		import('./import/run-import.ts'), import('./import/import-summary.ts'), import('./import/show-progress.ts'),
	]);
	const from = file === '-' ? {stream: process.stdin, name: 'standard input'} : {path: file};
	const stopping = new AbortController();
	const spool = createSpool(originalsDirectory(context.dataDirectory));
	const source = await openLogSource({from, format, signal: AbortSignal.any([signal, stopping.signal]), keeper: spool});
	// What is no plain file can be read only once, and by nobody else.
	const isPlainFile = source.bytesTotal !== null;
	const progress = await showProgress({errors, environment, now});
	const {report, timezone, taskId, failure} = await runImport(context, {
		source, file: isPlainFile ? file : null, format,
		original: source.file ? originalOfFile(file, source.file) : {name: file === '-' || isDescriptorPath(file) ? null : path.basename(file), ...spool},
		stopReading: reason => stopping.abort(reason),
		onProgress: progress.update,
	}).finally(async () => {
		await progress.end();
		await spool.drop();
	});

	if (report !== null) {
		for (const line of rejectionLines(report)) await errors.write(`auditty: ${line}\n`);
		if (context.format === 'json') {
			const {jsonText} = await import('./print/json-text.ts');
			await context.output.write(`${jsonText(printedReport(report, taskId))}\n`);
		} else {
			const {db} = context.globals;
			const command = db === undefined ? 'auditty' : `auditty --db ${shellWord(db)}`;
			await context.output.write(summaryText(report, {timezone, command, hasFailed: failure !== null}));
		}
	}

	if (failure !== null) throw failure as Error;
	return report?.truncated === null ? 0 : 1;
};

const printedReport = ({oldest, newest, ...report}: ImportReport, taskId: string | null): Readonly<Record<string, unknown>> =>
	({task_id: taskId, ...report, oldest: isoInstant(oldest), newest: isoInstant(newest)});

const detach = async (context: CommandContext, file: string, format: ImportFormat | undefined): Promise<ExitCode> => {
	if (file === '-') {
		throw new UsageFault('standard input ends with this command, and --detach leaves it to a worker', {remedy: 'name a file, or leave out --detach'});
	}

	const {services, close} = await context.openServices();
	try {
		const task = await services.startImport({path: file, ...(format !== undefined && {format})});
		const {jsonText} = await import('./print/json-text.ts');
		await context.output.write(context.format === 'json' ? `${jsonText({id: task.id, task_id: task.id})}\n` : `${task.id}\n`);
		return 0;
	} finally {
		await close();
	}
};

export const importCommand = defineCommand({
	name: 'import',
	summary: 'Take in API traffic from a HAR, NDJSON or CSV file',
	usage: ['import FILE|- [--format har|ndjson|csv] [--detach]'],
	description: [
		'Reads HAR 1.2, NDJSON (a log a line, fields by their names) or the CSV of an api_log export (any columns in any order),\nplain or gzip; - is standard input. The format is that of the content unless it is given.',
		'Secrets are replaced before anything is stored. A bad record is left out and listed with its line or entry and the\nreason. Importing a file again adds nothing. Exits 0 when the whole file was read, 1 when it was not.',
		'--json prints one object: what was read, inserted, rejected, between which times.',
	],
	examples: [
		{line: 'import traffic.har', does: 'what a browser or a proxy recorded'},
		{line: 'import api_log.csv.gz', does: 'an export of Voucherify\'s audit log'},
		{line: 'import - --format ndjson < logs.ndjson', does: 'standard input'},
	],
	arguments: {least: 1, most: 1},
	makesStore: true,
	flags: {
		format: {type: 'string', valueName: 'FORMAT', choices: ['har', 'ndjson', 'csv'], description: 'har, ndjson or csv, where the content does not show it'},
		detach: {type: 'boolean', description: 'Leave it to a worker, and print the ID of the background task'},
	},
	run: async ({arguments: [file = ''], flags, context}) => {
		refuseCsv(context, 'import');
		requireInput(file, context);
		// The parser lets only the choices pass.
		const format = flags.format as ImportFormat | undefined;
		return flags.detach ? detach(context, file, format) : importFile(context, file, format);
	},
});
