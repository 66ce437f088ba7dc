import os from 'node:os';

/** Lets other processes of this machine go first, where that may be said; threads that are started later follow. */
export const workBelowOthers = (): void => {
	try {
		os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
	} catch {
		// All are alike then.
	}
};
