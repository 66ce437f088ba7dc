import {type TestContext} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {type RunningCli} from './run-cli.ts';

/**
 * Starts a program and kills it so many times, each time a random moment after it came a little further: a try that came
 * to nothing counts, and there are ten. Gives the last one, which is left to end by itself.
 */
export const killAgain = async (context: Pick<TestContext, 'after'>, {rounds, start, progress, mostDelayMs}: {
	readonly rounds: number;
	readonly start: () => RunningCli;
	readonly progress: () => Promise<number>;
	readonly mostDelayMs: number;
}): Promise<RunningCli> => {
	let worker = start();
	context.after(() => worker.child.kill('SIGKILL'));
	for (let round = 0; round < rounds; round++) {
		const reached = await progress();
		while (worker.child.exitCode === null && await progress() === reached) {
			await delay(5);
		}

		await delay(Math.random() * mostDelayMs);
		worker.child.kill('SIGKILL');
		await worker.ended;
		worker = start();
	}

	return worker;
};
