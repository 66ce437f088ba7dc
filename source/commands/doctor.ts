import process from 'node:process';
import {makeSafe} from '../domain/text/make-safe.ts';
import {defineCommand} from './command.ts';
import {refuseCsv} from './refuse-csv.ts';

export const doctorCommand = defineCommand({
	name: 'doctor',
	summary: 'Look whether all is well: Node, store, terminal, locale',
	usage: ['doctor'],
	description: [
		'Looks at what auditty needs, and says what to do where something is amiss. It changes nothing.\nExits 1 when there is a problem; a warning is none.',
		'--json prints {check, state, found, remedy}, one a line; state is ok, warning or problem.',
	],
	examples: [
		{line: 'doctor', does: 'all checks'},
		{line: 'doctor --json --db libsql://store.example.com', does: 'the same for a store on a server, for programs'},
	],
	arguments: {least: 0, most: 0},
	flags: {},
	run: async ({context}) => {
		refuseCsv(context, 'doctor');
		const {runChecks} = await import('./doctor/run-checks.ts');
		const checks = await runChecks(context, process);
		const signs = {ok: 'ok', warning: 'warning', problem: 'PROBLEM'} as const;
		const width = Math.max(...checks.map(({check}) => check.length));
		await context.output.write(checks.map(check => {
			if (context.format === 'json') {
				return `${JSON.stringify(check)}\n`;
			}

			const remedy = check.remedy === null ? '' : `; ${check.remedy}`;
			return `${signs[check.state].padEnd(7)}  ${check.check.padEnd(width)}  ${makeSafe(check.found + remedy)}\n`;
		}).join(''));
		return checks.some(({state}) => state === 'problem') ? 1 : 0;
	},
});
