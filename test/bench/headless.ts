import {median, type Figure} from './figures.ts';
import {type Bench} from './context.ts';
import {builtCli, buildOnce, runNode} from './run-program.ts';

const runs = 9;

/** Starting, asking for fifty logs and printing them, beside starting Node. */
export const headlessBench: Bench = {
	name: 'headless',
	async run({store}) {
		buildOnce();
		const {home, file} = await store();
		const command = [builtCli, 'logs', '--json', '--limit', '50', '--db', `file:${file}`];
		const times: number[] = [];
		const bare: number[] = [];
		for (let run = 0; run <= runs; run++) {
			const {ms, output} = await runNode(command, {AUDITTY_HOME: home});
			const lines = output.trimEnd().split('\n').length;
			if (lines !== 50) {
				throw new Error(`fifty logs were asked for, ${lines} came`);
			}

			times.push(ms);
			bare.push((await runNode(['-e', ''])).ms);
		}

		const figure: Figure = {bench: 'headless', name: 'logs --json --limit 50', value: median(times.slice(1)), unit: 'ms', budget: 200, baseline: {name: 'node -e ""', value: median(bare.slice(1))}};
		return [figure];
	},
};
