import {type Writable} from 'node:stream';
import {Fault} from '../domain/fault.ts';

/** Whoever read our output has closed it (`| head`): there is nothing more to do, and nothing went wrong. */
export class ClosedOutput extends Error {
	override readonly name = 'ClosedOutput';
}

/** A stream that is written with backpressure. */
export type Output = {
	readonly isTerminal: boolean;
	/** Of the terminal; null when it is none. */
	readonly columns: number | null;
	/** Resolves when more may be written. Rejects with ClosedOutput when the reader is gone. */
	readonly write: (text: string | Uint8Array) => Promise<void>;
	/** Aborted when the reader is gone, for who waits rather than writes. */
	readonly closed: AbortSignal;
};

type TerminalStream = Writable & {readonly isTTY?: boolean; readonly columns?: number};

export const createOutput = (stream: TerminalStream): Output => {
	const closing = new AbortController();
	let failure: Error | null = null;
	stream.on('error', (error: NodeJS.ErrnoException) => {
		failure ??= error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED'
			? new ClosedOutput()
			: new Fault(`the output cannot be written (${error.message})`, {remedy: 'see where it goes', cause: error});
		closing.abort(failure);
	});

	return {
		isTerminal: stream.isTTY === true,
		// One without a window says 0.
		columns: stream.isTTY === true ? stream.columns || 80 : null,
		closed: closing.signal,
		write: async text => {
			if (failure !== null) {
				throw failure;
			}

			await new Promise<void>((resolve, reject) => {
				stream.write(text, error => {
					if (error === null || error === undefined) {
						resolve();
					} else {
						// The stream's own error event settles what it was.
						setImmediate(() => reject(failure ?? error));
					}
				});
			});
		},
	};
};
