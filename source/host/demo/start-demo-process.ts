import {type StoreOptions} from '../../store/open-store.ts';
import {superviseChild, type ChildCommand} from '../supervise-child.ts';

/** Keeps the demo's store moving, in a process of its own. */
export const startDemoProcess = ({command, opening}: {readonly command: ChildCommand; readonly opening: StoreOptions}): {readonly stop: (graceMs: number) => Promise<void>} => {
	const child = superviseChild({
		command,
		opening,
		onStart() {
			// Nothing is asked of it.
		},
		onMessage() {
			// What it does is seen in the store.
		},
		onEnd() {
			// It is started again.
		},
	});
	return {stop: child.stop};
};
