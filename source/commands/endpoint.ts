import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

export const endpointCommand = defineCommand({
	name: 'endpoint',
	summary: 'The URLs that webhooks are sent to: add, test, disable, remove',
	usage: ['endpoint add URL [--event TYPE]... [--header \'k: v\']... [--concurrency N]', 'endpoint list', 'endpoint show|test|enable|disable|rotate-secret|remove ID'],
	description: [
		'add subscribes a URL to events: types such as redemption.failed, prefixes such as campaign.*, or all without --event.\nIt prints the secret that the deliveries are signed with; it is not shown again. Addresses of private networks are\nrefused unless the setting webhooks.allow_private is true. --concurrency says how many deliveries to it run at once.',
		'test sends a test event now, once, and prints what came back; it exits 1 when that was no success, and when it was one,\nwhat waits behind an open breaker goes. rotate-secret makes a new secret; for 24 h webhook-signature holds the old\none\'s signature too. disable holds what waits; enable lets it go, and closes the breaker. remove cancels what waits.',
		'auditty itself makes log.failed (of logs that the setting webhooks.log_failed finds), task.done, task.failed,\nexport.done, endpoint.disabled and sendout.exhausted; others come from auditty emit.',
	],
	examples: [
		{line: 'endpoint add https://hooks.example.com/in --event task.failed --event \'redemption.*\'', does: 'subscribes a URL'},
		{line: 'endpoint test wh_12f8d7ff415061a645', does: 'shows what it answers'},
		{line: 'endpoint list --json', does: 'all, with success rate, p90 and breaker'},
	],
	arguments: {least: 1, most: 2},
	makesStore: ([verb]) => verb === 'add',
	flags: {
		event: {type: 'string', valueName: 'TYPE', isMultiple: true, description: 'With add: a type, a prefix (campaign.*) or *; all unless given'},
		header: {type: 'string', valueName: '\'k: v\'', isMultiple: true, description: 'With add: a header that is sent along'},
		concurrency: {type: 'string', valueName: 'N', description: 'With add: so many deliveries at once, 1 to 64; 8 unless given'},
	},
	run: async ({arguments: words, flags, context}) => {
		refuseCsv(context, 'endpoint');
		const {runEndpointAction} = await import('./webhooks/endpoint-actions.ts');
		return runEndpointAction(context, words, flags);
	},
});
