import {sendFault} from '../domain/sent-fault.ts';
import {type Services} from '../services/services.ts';
import {watchChanges} from '../services/watch-changes.ts';
import {type FromChild, type ToChild} from './messages.ts';
import {type ChildPart} from './run-child.ts';

type Call = Extract<ToChild, {kind: 'call'}>;
type AnyMethod = (...values: readonly unknown[]) => Promise<unknown>;

/**
 * The child's end of the channel: answers calls from `services`. One call is begun per turn of the event loop, since a
 * query on a local file blocks the thread, and a cancellation that came meanwhile must be read before the next begins.
 */
export const serveServices = ({services, send, watchEveryMs = 300}: {
	readonly services: Services;
	readonly send: (message: FromChild) => void;
	readonly watchEveryMs?: number;
}): ChildPart => {
	const waiting = new Map<number, Call>();
	const running = new Map<number, AbortController>();
	let isTurnAsked = false;
	let watch: {readonly stop: () => void} | null = null;

	const answer = async (call: Call): Promise<void> => {
		const abort = new AbortController();
		running.set(call.id, abort);
		try {
			// The channel carries names and JSON; both ends are of one build, and the client's end is typed.
			const result = await (services[call.method] as AnyMethod)(...call.arguments, abort.signal);
			send({kind: 'result', id: call.id, result});
		} catch (error) {
			send({kind: 'fault', id: call.id, fault: sendFault(error)});
		} finally {
			running.delete(call.id);
		}
	};

	const takeTurn = (): void => {
		isTurnAsked = false;
		const [next] = waiting.values();
		if (next === undefined) {
			return;
		}

		waiting.delete(next.id);
		void answer(next);
		askTurn();
	};

	const askTurn = (): void => {
		if (!isTurnAsked && waiting.size > 0) {
			isTurnAsked = true;
			setImmediate(takeTurn);
		}
	};

	const stopWatching = (): void => {
		watch?.stop();
		watch = null;
	};

	const receive = (message: ToChild): void => {
		switch (message.kind) {
			case 'call': {
				waiting.set(message.id, message);
				askTurn();
				break;
			}

			case 'cancel': {
				waiting.delete(message.id);
				running.get(message.id)?.abort();
				break;
			}

			case 'watch': {
				stopWatching();
				if (message.isWatching) {
					watch = watchChanges({services, everyMs: watchEveryMs, onChange: revisions => send({kind: 'changed', revisions})});
				}

				break;
			}

			// The recorder's process takes these.
			case 'record':
			case 'open': {
				break;
			}
		}
	};

	return {
		receive,
		close() {
			stopWatching();
			return Promise.resolve();
		},
	};
};
