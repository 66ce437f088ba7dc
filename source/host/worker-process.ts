import {databaseAndHome} from './opening.ts';
import {workBelowOthers} from './priority.ts';
import {runChild} from './run-child.ts';
import {runTasksAndDeliveries} from '../worker/run-tasks-and-deliveries.ts';
import {leaseMsOf} from '../worker/worker-name.ts';

/** The worker's process: opens the store that its parent names and works until the channel closes; then gives back what it holds. */
export const runWorkerProcess = (): void => {
	// Imports and exports keep every core busy: keys are answered before.
	workBelowOthers();
	runChild(async opening => {
		const {store, home} = await databaseAndHome(opening);
		const stopping = new AbortController();
		const work = runTasksAndDeliveries({
			store,
			dataDirectory: home,
			now: () => Date.now(),
			leaseMs: leaseMsOf(process.env),
			signal: stopping.signal,
			log() {
				// What it does is seen in the store.
			},
		});
		return {
			receive() {
				// Nothing is asked of it.
			},
			async close() {
				stopping.abort();
				await work;
				await store.close();
			},
		};
	});
};
