import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';
import {opensScreen, refuseScreen} from './screen-terminal.ts';

export const browseCommand = defineCommand({
	name: 'browse',
	summary: 'Browse the rows of an export, or of any CSV file',
	usage: ['browse ID|FILE.csv [QUERY] [--limit N] [--count] [--exit-code]'],
	description: [
		'Opens an export (by its ID or its task\'s) that is ready and at most 90 days old, or any CSV file with a line of\nheadings: on a terminal to search, filter, sort and look into; piped, or with --json, --csv, --plain, --count or\n--exit-code, it prints rows in the order of the file, 100 unless --limit says otherwise.',
		'The query is that of the tabs, limited to the columns of the file; a column that is no field of auditty is filtered\nby its heading in lower case, other characters than letters and digits made _. Lines that are no whole row are left\nout and named on standard error.',
	],
	examples: [
		{line: 'browse exp_12f8d7ff415061a645', does: 'an export, on the screen'},
		{line: 'browse api_log.csv status:5xx --json --limit 0', does: 'server errors of a file from Voucherify\'s dashboard'},
		{line: 'browse vouchers.csv voucher_type:GIFT_VOUCHER --count', does: 'any other CSV file, by its own columns'},
	],
	queryTab: 'logs',
	arguments: {least: 1, most: Number.POSITIVE_INFINITY},
	hasLimit: true,
	flags: {
		count: {type: 'boolean', description: 'Print how many rows match'},
		exitCode: {type: 'boolean', description: 'Exit 1 when any row matched'},
		raw: {type: 'boolean', description: 'With --csv: cells as they are, formulas of spreadsheets among them'},
	},
	run: async ({arguments: [what = '', ...words], flags, context}) => {
		if (what.trim() === '') {
			throw new UsageFault('the name of the file is empty', {remedy: 'write auditty browse ID or auditty browse FILE.csv'});
		}

		const query = words.join(' ');
		const isScreen = opensScreen(context, flags.count || flags.exitCode);
		if (isScreen) {
			refuseScreen(context);
		}

		const {chooseSource} = await import('./browse/choose-source.ts');
		if (isScreen) {
			const source = await chooseSource(what, context, query);
			const {openScreen} = await import('./open-screen.ts');
			return openScreen({context, tab: 'exports', browse: {source, query}});
		}

		const {printRows} = await import('./browse/print-rows.ts');
		return printRows({what, query, flags, context});
	},
});
