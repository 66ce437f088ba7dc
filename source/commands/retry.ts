import {UsageFault} from '../domain/fault.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

export const retryCommand = defineCommand({
	name: 'retry',
	summary: 'Send sendouts again: some by their IDs, or all that match a query',
	usage: ['retry ID... [--dry-run] [--force]', 'retry --query QUERY [--dry-run] [--force] [--rate N] [--detach]'],
	description: [
		'Sends each again under its own ID, whatever its breaker says, and prints what came back; exits 1 when one was not\ndelivered. A retry begins the schedule of 12 automatic retries anew. What was delivered is passed over unless\n--force; what belongs to a disabled endpoint waits until that is enabled.',
		'With --query, or more than 20 IDs, it is a background task (SENDOUTS.RETRY) that sends off 50 a second unless --rate\nsays otherwise; it can be cancelled (auditty task cancel), and what it has not reached then stays as it was.\n--detach leaves it to a worker. --dry-run says how many there are and to which endpoints they go.',
	],
	examples: [
		{line: 'retry whs_12f8d7ff4eaa105cbd', does: 'now'},
		{line: 'retry --query \'status:failed since:1h\' --dry-run', does: 'what it would be'},
		{line: 'retry --query \'source:wh_12f8d7ff415061a645 status:failed,retrying\' --rate 10', does: 'all of an endpoint, gently'},
	],
	arguments: {least: 0, most: Number.POSITIVE_INFINITY},
	flags: {
		query: {type: 'string', valueName: 'QUERY', description: 'All sendouts that match, in place of IDs'},
		dryRun: {type: 'boolean', description: 'Say what would be sent; nothing is'},
		force: {type: 'boolean', description: 'Also what was delivered'},
		rate: {type: 'string', valueName: 'N', description: 'Sendouts a second, with --query; 50 unless given'},
		detach: {type: 'boolean', description: 'Leave it to a worker, and print the ID of the background task'},
	},
	run: async ({arguments: ids, flags, context}) => {
		refuseCsv(context, 'retry');
		if ((ids.length === 0) === (flags.query === undefined)) {
			throw new UsageFault(ids.length === 0 ? 'neither IDs nor a query say what to retry' : 'IDs and --query exclude each other', {remedy: 'write auditty retry ID... or auditty retry --query \'status:failed since:1h\''});
		}

		const {runRetryCommand} = await import('./webhooks/run-retry-command.ts');
		return runRetryCommand(context, {ids, query: flags.query, isForced: flags.force}, flags);
	},
});
