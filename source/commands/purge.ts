import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

export const purgeCommand = defineCommand({
	name: 'purge',
	summary: 'Delete the logs that are older than the setting retention',
	usage: ['purge [--dry-run]'],
	description: [
		'Deletes logs with their bodies, in small steps, and gives the space back. A log counts from the later of its occurrence\nand its storing, so that an old file that was just imported stays. What a running export needs is kept for the next\npurge. Background tasks, exports and sendouts stay. A worker does the same once a day.',
		'The setting retention is 6 months unless set: auditty settings retention \'90 days\', or forever.',
	],
	examples: [
		{line: 'purge --dry-run', does: 'says how many would go, and deletes nothing'},
		{line: 'purge', does: 'deletes them'},
	],
	arguments: {least: 0, most: 0},
	flags: {dryRun: {type: 'boolean', description: 'Say how many logs would go; nothing is deleted'}},
	run: async ({flags, context}) => {
		refuseCsv(context, 'purge');
		if (context.storeLocation.isReadOnly && !flags.dryRun) {
			throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out to purge, or give --dry-run'});
		}

		const {previewPurge, purgeAndWait} = await import('./purge/purge-and-wait.ts');
		return flags.dryRun ? previewPurge(context) : purgeAndWait(context);
	},
});
