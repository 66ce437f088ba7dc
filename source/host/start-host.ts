import {receiveFault} from '../domain/sent-fault.ts';
import {Fault} from '../domain/fault.ts';
import {type Notice, type Notices} from '../services/notices.ts';
import {type Services} from '../services/services.ts';
import {type StoreOptions} from '../store/open-store.ts';
import {isRepeatable, type FromChild, type ToChild} from './messages.ts';
import {superviseChild, type ChildCommand} from './supervise-child.ts';

export type HostClient = {
	/** Answers from the child process; faults are those of the services, besides the Fault that it ended while asked. */
	readonly services: Services;
	readonly notices: Notices;
	/** Resolves when the child has opened the store; rejects with its Fault when it cannot. */
	readonly ready: Promise<void>;
	readonly stop: (graceMs?: number) => Promise<void>;
	/** The same, waiting for its process only so long: it then ends by itself. */
	readonly leave: (waitMs: number) => Promise<void>;
	/** For diagnosis; null between two starts. */
	readonly pid: () => number | null;
};

type PendingCall = {
	readonly message: Extract<ToChild, {kind: 'call'}>;
	readonly resolve: (result: unknown) => void;
	readonly reject: (error: unknown) => void;
	isAskedAgain: boolean;
};

const hangLookMs = 1000;

/**
 * Runs the services in a child process, so that no query ever holds up the thread that draws. The child starts at once;
 * what is asked before it is ready waits for it. A child that ends is started again and asked once more what may be
 * repeated; one that answers nothing for `hangAfterMs` while something is asked is ended.
 */
export const startHost = ({command, opening, hangAfterMs = 20_000}: {
	readonly command: ChildCommand;
	/** What the child opens. */
	readonly opening: StoreOptions;
	readonly hangAfterMs?: number;
}): HostClient => {
	const pending = new Map<number, PendingCall>();
	const listeners = new Set<(notice: Notice) => void>();
	const ready = Promise.withResolvers<void>();
	let lastId = 0;
	let refusal: Error | null = null;
	let silentLooks = 0;
	let hangTimer: NodeJS.Timeout | undefined;

	// Whoever does not wait for readiness learns of a refusal from his calls.
	ready.promise.catch(() => undefined);

	const tell = (notice: Notice): void => {
		for (const listener of listeners) {
			listener(notice);
		}
	};

	const failAll = (error: Error): void => {
		const calls = [...pending.values()];
		pending.clear();
		for (const call of calls) {
			call.reject(error);
		}
	};

	const onMessage = (message: FromChild): void => {
		silentLooks = 0;
		switch (message.kind) {
			case 'ready': {
				ready.resolve();
				break;
			}

			case 'refused': {
				refusal = receiveFault(message.fault);
				ready.reject(refusal);
				failAll(refusal);
				void child.stop();
				break;
			}

			case 'result': {
				pending.get(message.id)?.resolve(message.result);
				pending.delete(message.id);
				break;
			}

			case 'fault': {
				pending.get(message.id)?.reject(receiveFault(message.fault));
				pending.delete(message.id);
				break;
			}

			case 'changed': {
				tell({kind: 'store-changed', revisions: message.revisions});
				break;
			}

			// The recorder's process sends these.
			case 'record-settings':
			case 'recorded':
			case 'record-fault': {
				break;
			}
		}
	};

	/** A new child knows nothing of what the one before was asked. */
	const onStart = (): void => {
		silentLooks = 0;
		if (listeners.size > 0) {
			queueMicrotask(() => child.send({kind: 'watch', isWatching: true}));
		}

		for (const call of pending.values()) {
			queueMicrotask(() => child.send(call.message));
		}
	};

	const onEnd = ({reason, failedStarts}: {readonly reason: string; readonly failedStarts: number}): void => {
		for (const [id, call] of pending) {
			if (call.isAskedAgain || !isRepeatable[call.message.method]) {
				pending.delete(id);
				call.reject(new Fault(`the store's process ended before it answered (${reason})`, {remedy: 'see whether it was done, and try again'}));
			}

			call.isAskedAgain = true;
		}

		tell({kind: failedStarts > 1 ? 'child-down' : 'child-restarted', child: 'store', reason});
	};

	const child = superviseChild({command, opening, onStart, onMessage, onEnd});

	// Counts looks, not time: while this process is suspended no look is taken, and the child is not blamed.
	const lookForHang = (): void => {
		if (pending.size === 0) {
			clearInterval(hangTimer);
			hangTimer = undefined;
			return;
		}

		silentLooks++;
		if (silentLooks * hangLookMs >= hangAfterMs) {
			silentLooks = 0;
			child.kill(`no answer for ${hangAfterMs / 1000} s`);
		}
	};

	const call = async (method: keyof Services, values: readonly unknown[]): Promise<unknown> => {
		const signal = values.find(value => value instanceof AbortSignal);
		signal?.throwIfAborted();
		if (refusal !== null) {
			throw refusal;
		}

		const id = ++lastId;
		const message = {kind: 'call', id, method, arguments: values.filter(value => value !== undefined && !(value instanceof AbortSignal))} as const;
		if (pending.size === 0) {
			silentLooks = 0;
		}

		hangTimer ??= setInterval(lookForHang, hangLookMs).unref();
		const {promise, resolve, reject} = Promise.withResolvers<unknown>();
		pending.set(id, {message, resolve, reject, isAskedAgain: false});
		child.send(message);
		const cancel = (): void => {
			if (pending.delete(id)) {
				child.send({kind: 'cancel', id});
				reject(signal?.reason);
			}
		};

		signal?.addEventListener('abort', cancel, {once: true});
		try {
			return await promise;
		} finally {
			signal?.removeEventListener('abort', cancel);
		}
	};

	const close = async (ended: Promise<void>): Promise<void> => {
		clearInterval(hangTimer);
		refusal ??= new Fault('the store is closed');
		failAll(refusal);
		await ended;
	};

	const methods = Object.keys(isRepeatable) as Array<keyof Services>;
	return {
		// Each method goes through as it is; the table of methods is checked against the type where it stands.
		services: Object.fromEntries(methods.map(method => [method, async (...values: readonly unknown[]) => call(method, values)])) as unknown as Services,
		notices: {
			subscribe(listener) {
				listeners.add(listener);
				if (listeners.size === 1) {
					child.send({kind: 'watch', isWatching: true});
				}

				return () => {
					if (listeners.delete(listener) && listeners.size === 0) {
						child.send({kind: 'watch', isWatching: false});
					}
				};
			},
		},
		ready: ready.promise,
		stop: async graceMs => close(child.stop(graceMs)),
		async leave(waitMs) {
			// A long query does not hear that its channel closed, and would keep a core busy for an answer that nobody wants.
			const mayBeKilled = [...pending.values()].every(({message}) => isRepeatable[message.method]);
			await close(mayBeKilled ? child.stop(waitMs) : child.leave(waitMs));
		},
		pid: child.pid,
	};
};
