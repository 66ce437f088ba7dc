import {startHost} from '../host/start-host.ts';
import {startDemoProcess} from '../host/demo/start-demo-process.ts';
import {startWorkerProcess} from '../host/start-worker-process.ts';
import {type Notices} from '../services/notices.ts';
import {type Services} from '../services/services.ts';
import {type StoreOptions} from '../store/open-store.ts';
import {type CommandContext} from './command-context.ts';

export type ScreenConnection = {
	readonly services: Services;
	readonly notices: Notices;
	/** Rejects when the store cannot be opened at all. */
	readonly refused: Promise<never>;
	/** In a moment, whatever is under way: the terminal is wanted back. What a worker is sending it ends, or gives back, by itself. */
	readonly close: () => Promise<void>;
};

/** So long the ends of the processes are waited for. They need it hardly ever, and then nobody sees them go. */
const waitMs = 50;

/** The program's own entry, from sources as from the bundle. */
const entry = (): string => process.argv[1] ?? '';

/**
 * Starts the processes that work for the screen. They load while Ink does; what is asked before the store is open waits
 * for it.
 */
export const connectScreen = ({storeLocation, dataDirectory, globals}: CommandContext): ScreenConnection => {
	const opening: StoreOptions = {...storeLocation, home: dataDirectory};
	const host = startHost({command: [entry(), '--internal-store-host'], opening});
	const worker = storeLocation.isReadOnly ? null : startWorkerProcess({command: [entry(), '--internal-worker'], opening});
	const demo = globals.demo && !storeLocation.isReadOnly ? startDemoProcess({command: [entry(), '--internal-demo'], opening}) : null;
	return {
		services: host.services,
		notices: {
			subscribe(listener) {
				const unsubscribe = [host.notices.subscribe(listener), worker?.notices.subscribe(listener)];
				return () => {
					for (const end of unsubscribe) {
						end?.();
					}
				};
			},
		},
		refused: new Promise((_, reject) => {
			host.ready.catch(reject);
		}),
		async close() {
			// The demo's store goes with it: nothing in it is worth an end in order, and nothing may be left that works in it.
			await (globals.demo
				? Promise.all([host.stop(0), worker?.stop(0), demo?.stop(0)])
				: Promise.all([host.leave(waitMs), worker?.leave(waitMs)]));
		},
	};
};
