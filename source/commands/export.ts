import {UsageFault} from '../domain/fault.ts';
import {type ExportRequest} from '../services/services.ts';
import {defineCommand, type ExitCode} from './command.ts';
import {type CommandContext} from './command-context.ts';

const readFields = (text: string | undefined): readonly string[] | undefined => text?.split(',').map(name => name.trim());

const requireStore = ({storeLocation}: CommandContext): void => {
	if (storeLocation.isReadOnly) {
		throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out to export, or print with auditty logs --csv --limit 0'});
	}
};

const detach = async (context: CommandContext, request: ExportRequest): Promise<ExitCode> => {
	const {services, close} = await context.openServices();
	try {
		const {export: record} = await services.startExport(request);
		const {exportText} = await import('./export/export-text.ts');
		await context.output.write(context.format === 'json' ? exportText(record) : `${record.id}\n`);
		return 0;
	} finally {
		await close();
	}
};

export const exportCommand = defineCommand({
	name: 'export',
	summary: 'Write the logs that match into a CSV file',
	usage: ['export [QUERY] [--fields a,b] [--order ORDER] [--raw] [--output FILE] [--force] [--detach]'],
	description: [
		'Makes an export: the logs that match and are there now, as CSV (RFC 4180), the 14 fields of api_log unless --fields\nnames others, the newest first unless --order is created_at. Without since, until, id or request_id in the query it is\nlimited to since:24h.',
		'Waits for it, with its progress on standard error, and writes it to --output, else to standard output; the file also\nstays in the data directory. --output is refused when it exists, unless --force replaces it. --json prints one object\nthat describes the export, in place of the file. --detach leaves the work to a worker and prints the export\'s ID.',
		'What a spreadsheet would take for a formula gets an apostrophe before it, unless --raw; auditty import takes it away.',
	],
	examples: [
		{line: 'export status:failure since:7d --output failures.csv', does: 'failures of a week, as a file'},
		{line: 'export since:24h --fields created_at,endpoint,status --raw | xsv frequency', does: 'three columns, for a program'},
		{line: 'export since:180d --detach', does: 'in the background; auditty download fetches it'},
	],
	queryTab: 'logs',
	arguments: {least: 0, most: Number.POSITIVE_INFINITY},
	flags: {
		fields: {type: 'string', valueName: 'a,b', description: 'Columns, in their order; the 14 of api_log unless given'},
		order: {type: 'string', valueName: 'ORDER', choices: ['created_at', '-created_at'], description: 'created_at, or -created_at for the newest first (the default)'},
		raw: {type: 'boolean', description: 'Cells as they are, formulas of spreadsheets among them'},
		output: {type: 'string', valueName: 'FILE', description: 'Where the file goes; standard output unless given'},
		force: {type: 'boolean', description: 'Replace FILE where it exists'},
		detach: {type: 'boolean', description: 'Leave it to a worker, and print the ID of the export'},
	},
	run: async ({arguments: words, flags, context}) => {
		if (flags.detach && flags.output !== undefined) {
			throw new UsageFault('--detach does not wait for the file, and --output needs it', {remedy: 'leave one of them out; auditty download ID --output FILE fetches it later'});
		}

		requireStore(context);
		const fields = readFields(flags.fields);
		const {readExportFields} = await import('../domain/fields/exportable.ts');
		const request: ExportRequest = {
			tab: 'logs', query: words.join(' '), order: flags.order === 'created_at' ? 'created_at' : '-created_at', isRaw: flags.raw,
			...(fields !== undefined && {fields: readExportFields('logs', fields)}),
		};
		if (flags.detach) {
			return detach(context, request);
		}

		const {exportAndWait} = await import('./export/export-and-wait.ts');
		return exportAndWait(context, request, {target: flags.output ?? null, isForced: flags.force});
	},
});
