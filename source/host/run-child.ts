import process from 'node:process';
import {sendFault} from '../domain/sent-fault.ts';
import {type FromChild, type ToChild} from './messages.ts';

/** What a child process does once it is open. */
export type ChildPart = {
	readonly receive: (message: ToChild) => void;
	/** The channel has closed: give back what is held. The process ends when this resolves. */
	readonly close: () => Promise<void>;
};

/** Longer than any part needs that still can do something. */
const longestEndMs = 10_000;

/**
 * The life of a child process: opens on the first message, passes the others on in their order, and ends when the
 * channel closes (the parent ended, however that came) or when it is told to terminate.
 */
export const runChild = (open: (opening: unknown, send: (message: FromChild) => void) => Promise<ChildPart>): void => {
	const early: ToChild[] = [];
	let part: ChildPart | null = null;
	let isEnding = false;

	const send = (message: FromChild): void => {
		if (process.connected) {
			process.send?.(message, undefined, undefined, () => {
				// The parent is gone; 'disconnect' says so too.
			});
		}
	};

	const end = async (): Promise<void> => {
		if (!isEnding) {
			isEnding = true;
			// Nobody may be left who would end it.
			setTimeout(() => process.exit(1), longestEndMs).unref();
			await part?.close();
			process.exit();
		}
	};

	const begin = async (opening: unknown): Promise<void> => {
		try {
			part = await open(opening, send);
		} catch (error) {
			send({kind: 'refused', fault: sendFault(error)});
			return;
		}

		send({kind: 'ready'});
		for (const message of early.splice(0)) {
			part.receive(message);
		}
	};

	process.on('message', (received: unknown) => {
		const message = received as ToChild;
		if (message.kind === 'open') {
			void begin(message.opening);
		} else if (part === null) {
			early.push(message);
		} else {
			part.receive(message);
		}
	});
	// What the parent read may be gone with it.
	process.stderr.on('error', () => undefined);
	process.once('disconnect', () => void end());
	process.once('SIGTERM', () => void end());
	// The parent restores the terminal and closes the channel; a ctrl-c that reaches this process by hand is the parent's.
	process.on('SIGINT', () => undefined);
	process.on('SIGHUP', () => undefined);
};
