import path from 'node:path';
import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

export const downloadCommand = defineCommand({
	name: 'download',
	summary: 'The file of an export, or the original file of an import',
	usage: ['download ID [--output FILE] [--force]'],
	description: [
		'Writes the CSV of an export (by its ID or its task\'s), or the file that an import read (by the task\'s ID, or that of a\nlog that came in by it), to --output, else to standard output. By the ID of a log whose request uploaded a CSV\nfile: that file. The file of an export of the Voucherify project is fetched from there when it is first wanted, and\nstays, its secrets replaced.',
		'An original is kept byte for byte where no secret was found in it, else with just the secrets replaced.\n--json prints one object that describes the file, and without --output not the file itself.',
	],
	examples: [
		{line: 'download exp_12f8d7ff415061a645 --output logs.csv', does: 'the CSV of an export'},
		{line: 'download aa_12f8d7ff415061a645 > traffic.har', does: 'the file that this import read'},
	],
	arguments: {least: 1, most: 1},
	flags: {
		output: {type: 'string', valueName: 'FILE', description: 'Where the file goes; standard output unless given'},
		force: {type: 'boolean', description: 'Replace FILE where it exists'},
	},
	run: async ({arguments: [id = ''], flags, context}) => {
		refuseCsv(context, 'download');
		if (id.trim() === '') {
			throw new UsageFault('the ID is empty', {remedy: 'write auditty download ID'});
		}

		const {dataDirectory, storeLocation, environment, output, errors, format, now, signal} = context;
		const [{openStore}, {exportFetcher}, {findDownload}, {checkTarget, saveFile}, {refuseBinary, sendFile}, {downloadText, savedText}] = await Promise.all([
			import('../store/open-store.ts'), import('../intake/voucherify/fetch-exports.ts'), import('../services/downloads/find-download.ts'), import('../services/export/publish-file.ts'),
			import('./export/send-file.ts'), import('./export/download-text.ts'),
		]);
		const target = flags.output === undefined ? null : path.resolve(flags.output);
		if (target !== null) {
			await checkTarget(target, {isForced: flags.force});
		}

		const store = await openStore({...storeLocation, home: dataDirectory});
		const files = {store, dataDirectory, now, environment};
		try {
			const {content, ...download} = await findDownload({...files, fetchExport: exportFetcher(files)}, {id}, signal);
			if (target !== null) {
				await saveFile(target, {content: content(), isForced: flags.force, signal});
				await errors.write(savedText(download, flags.output ?? ''));
			}

			if (format === 'json') {
				await output.write(downloadText(id, download));
			} else if (target === null) {
				refuseBinary(download, output);
				await sendFile(content(), output);
			}

			return 0;
		} finally {
			await store.close();
		}
	},
});
