import {readdirSync} from 'node:fs';
import os from 'node:os';

const below = os.constants.priority.PRIORITY_BELOW_NORMAL;

/** On Linux each thread has a priority of its own, and the engine has started some by now. */
const threadsOfEngine = (): readonly number[] => {
	try {
		return readdirSync('/proc/self/task').map(Number);
	} catch {
		return [];
	}
};

/** Lets other processes of this machine go first, where that may be said; threads that are started later follow. */
export const workBelowOthers = (): void => {
	for (const thread of [0, ...threadsOfEngine()]) {
		try {
			os.setPriority(thread, below);
		} catch {
			// They are alike then, or it has just ended.
		}
	}
};
