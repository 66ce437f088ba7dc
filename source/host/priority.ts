import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import process from 'node:process';

const below = os.constants.priority.PRIORITY_BELOW_NORMAL;

const attempt = (work: () => void): void => {
	try {
		work();
	} catch {
		// Where it may not be said, they are alike.
	}
};

/** On Linux each thread has a priority of its own, and the engine has started some by now. */
const lowerThreads = (): void => {
	for (const thread of readdirSync('/proc/self/task')) {
		attempt(() => os.setPriority(Number(thread), below));
	}
};

/**
 * On Linux sessions share the processor evenly, whatever the priorities in them, where the kernel groups them (autogroup). A
 * process in the session of others leaves that as it is.
 */
const lowerSession = (): void => {
	// PID, (name), state, parent, group, session.
	const session = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /s, '').split(' ')[3];
	if (session === String(process.pid)) {
		writeFileSync('/proc/self/autogroup', String(below));
	}
};

/** Lets other processes of this machine go first, where that may be said; threads that are started later follow. */
export const workBelowOthers = (): void => {
	for (const lower of [() => os.setPriority(below), lowerThreads, lowerSession]) {
		attempt(lower);
	}
};
