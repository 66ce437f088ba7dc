import {receiveFault} from '../domain/sent-fault.ts';
import {type Notice, type Notices} from '../services/notices.ts';
import {type StoreOptions} from '../store/open-store.ts';
import {superviseChild, type ChildCommand} from './supervise-child.ts';

export type WorkerProcess = {
	/** Tells when the worker was started again, or cannot be. */
	readonly notices: Notices;
	/** Resolves when the worker looks for work; rejects with its Fault when it cannot open the store. */
	readonly ready: Promise<void>;
	/** Lets the worker give back what it holds, and ends it. */
	readonly stop: (graceMs?: number) => Promise<void>;
	/** The same, waiting for it only so long: it then ends by itself, within its own grace. */
	readonly leave: (waitMs: number) => Promise<void>;
	readonly pid: () => number | null;
};

const stopGraceMs = 3000;

/** Runs the worker's loop in a child process, started again with a growing pause when it dies. Not for a store that is read-only. */
export const startWorkerProcess = ({command, opening}: {readonly command: ChildCommand; readonly opening: StoreOptions}): WorkerProcess => {
	const listeners = new Set<(notice: Notice) => void>();
	const ready = Promise.withResolvers<void>();
	ready.promise.catch(() => undefined);
	const tell = (notice: Notice): void => {
		for (const listener of listeners) {
			listener(notice);
		}
	};

	const child = superviseChild({
		command,
		opening,
		onStart() {
			// Nothing is asked of it.
		},
		onMessage(message) {
			if (message.kind === 'ready') {
				ready.resolve();
			} else if (message.kind === 'refused') {
				const fault = receiveFault(message.fault);
				ready.reject(fault);
				tell({kind: 'child-down', child: 'worker', reason: fault.message});
				void child.stop();
			}
		},
		onEnd({reason, failedStarts}) {
			tell({kind: failedStarts > 1 ? 'child-down' : 'child-restarted', child: 'worker', reason});
		},
	});
	return {
		notices: {
			subscribe(listener) {
				listeners.add(listener);
				return () => {
					listeners.delete(listener);
				};
			},
		},
		ready: ready.promise,
		stop: async (graceMs = stopGraceMs) => child.stop(graceMs),
		leave: child.leave,
		pid: child.pid,
	};
};
