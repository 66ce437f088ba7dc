import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';
import {opensScreen, refuseScreen} from './screen-terminal.ts';

export const showCommand = defineCommand({
	name: 'show',
	summary: 'One record, whole: the screen on a terminal, text elsewhere',
	usage: ['show ID'],
	description: [
		'Shows a log, background task, export or sendout by its ID, or by the beginning of it where only one record\'s begins so.\nOpens the screen at it when standard output is a terminal; piped, or with --json, --csv or --plain, prints it.',
		'--json prints the record as one line with every field; --plain with JSON bodies indented, their numbers exact.',
	],
	examples: [
		{line: 'show log_12f8d7ff415061a645', does: 'the log, request and response'},
		{line: 'show log_12f8d7ff415061a645 --json | jq -r .response_body', does: 'its response as it came'},
	],
	arguments: {least: 1, most: 1},
	flags: {
		raw: {type: 'boolean', description: 'With --csv: cells as they are, formulas of spreadsheets among them'},
	},
	run: async ({arguments: [id = ''], flags, context}) => {
		if (id.trim() === '') {
			throw new UsageFault('the ID is empty', {remedy: 'write auditty show ID'});
		}

		const isScreen = opensScreen(context);
		if (isScreen) {
			refuseScreen(context);
		}

		const {findRecord} = await import('./find-record.ts');
		const {services, close} = await context.openServices();
		let detail;
		try {
			detail = await findRecord(services, id);
			if (!isScreen) {
				const settings = await services.settings();
				if (context.format === 'json' || context.format === 'csv') {
					const {createPrinter} = await import('./print/record-printer.ts');
					const printer = await createPrinter(context.format, {tab: detail.tab, settings, output: context.output, isRaw: flags.raw});
					await printer.print([detail.record]);
					await printer.end();
				} else {
					const {recordText} = await import('./print/record-text.ts');
					const related = await services.related({tab: detail.tab, id: detail.record.id});
					await context.output.write(recordText({...detail, related, settings}));
				}

				return 0;
			}
		} finally {
			await close();
		}

		const {openScreen} = await import('./open-screen.ts');
		return openScreen({context, tab: detail.tab, recordId: detail.record.id});
	},
});
