import {type Overview} from './services.ts';

/** What the screen is told without asking. */
export type Notice =
	/** Something in the store changed, by whichever process: ask again for what is shown. */
	| {readonly kind: 'store-changed'; readonly revisions: Overview['revisions']}
	/** A child process ended and was started again; what was asked meanwhile is asked again. */
	| {readonly kind: 'child-restarted'; readonly child: ChildName; readonly reason: string}
	/** A child process cannot be started; it is tried again ever more rarely. */
	| {readonly kind: 'child-down'; readonly child: ChildName; readonly reason: string};

export type ChildName = 'store' | 'worker';

/** Listening costs a cheap query every few hundred milliseconds; without listeners nothing is asked. */
export type Notices = {
	/** Gives back what ends the subscription. */
	readonly subscribe: (listener: (notice: Notice) => void) => () => void;
};
