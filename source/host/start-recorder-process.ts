import {receiveFault} from '../domain/sent-fault.ts';
import {packExchanges} from '../intake/recorder/exchange-message.ts';
import {type Recorder, type RecordingNotice} from '../intake/recorder/recorder.ts';
import {createRecordingQueue} from '../intake/recorder/recording-queue.ts';
import {defaultBodyLimit, defaultUploadLimit, type RecordSettings} from '../services/recording/record-settings.ts';
import {type RecorderOpening} from './recorder-process.ts';
import {superviseChild, type ChildCommand} from './supervise-child.ts';

export type RecorderProcess = Recorder & {
	/** Resolves when the store is open; rejects with its Fault when it cannot be opened, and then nothing is recorded. */
	readonly ready: Promise<void>;
	readonly pid: () => number | null;
	/** Sends what waits, at once and without waiting: when the process is about to end. */
	readonly flush: () => void;
};

const closeGraceMs = 10_000;
const firstNoticeMs = 1000;
const noticeDropsEveryMs = 10_000;

/**
 * Records in a child process, which is started again when it dies; what it had not settled is sent to it again.
 * @param onNotice Hears of what goes wrong, each at most every ten seconds.
 * @param isUnheld This process may end by itself while it records.
 */
export const startRecorderProcess = ({command, opening, onNotice, isUnheld = false, ...childOptions}: {
	readonly command: ChildCommand;
	readonly opening: RecorderOpening;
	readonly onNotice: (notice: RecordingNotice) => void;
	readonly isUnheld?: boolean;
	readonly nodeOptions?: readonly string[];
	readonly environment?: Readonly<Record<string, string>>;
}): RecorderProcess => {
	const ready = Promise.withResolvers<void>();
	ready.promise.catch(() => undefined);
	let settings: RecordSettings = {
		bodyLimit: opening.overrides?.bodyLimit ?? defaultBodyLimit, uploadLimit: defaultUploadLimit, rules: {},
	};
	let recorded = 0;
	let dropped = 0;
	let isOver = false;
	let toldOfDrops = false;
	let dropTimer: NodeJS.Timeout | undefined;
	let fault: string | null = null;

	/** A little later, when it can be said how many they are. */
	const tellOfDrops = (): void => {
		dropTimer ??= setTimeout(() => {
			dropTimer = undefined;
			toldOfDrops = true;
			if (!isOver) {
				onNotice({kind: 'dropping', text: `more calls come than can be stored: ${dropped} so far are not recorded`});
			}
		}, toldOfDrops ? noticeDropsEveryMs : firstNoticeMs).unref();
	};

	const queue = createRecordingQueue(exchanges => child.send({kind: 'record', ...packExchanges(exchanges)}));
	const child = superviseChild({
		command,
		opening,
		serialization: 'advanced',
		isUnheld,
		...childOptions,
		onStart() {
			// The first has nothing to send; a later one is told what the one before had not settled.
			setImmediate(() => queue.sendAgain());
		},
		onMessage(message) {
			if (message.kind === 'ready') {
				ready.resolve();
			} else if (message.kind === 'record-settings') {
				({settings} = message);
			} else if (message.kind === 'recorded') {
				recorded += message.count - message.refused;
				dropped += message.refused;
				queue.settle(message.count);
			} else if (message.kind === 'record-fault') {
				if (message.message !== fault) {
					onNotice(message.message === null
						? {kind: 'store-works', text: 'the store can be written again'}
						: {kind: 'store-fault', text: `${message.message}; traffic goes on, and what fits is recorded later`});
				}

				fault = message.message;
			} else if (message.kind === 'refused') {
				isOver = true;
				ready.reject(receiveFault(message.fault));
				void child.stop();
			}
		},
		onEnd({reason, failedStarts}) {
			if (failedStarts <= 1 || failedStarts === 5) {
				onNotice({kind: 'recorder-restarted', text: `recording was interrupted (${reason}) and is started again`});
			}
		},
	});

	return {
		ready: ready.promise,
		pid: child.pid,
		flush: queue.flush,
		settings: () => settings,
		figures: () => ({recorded, dropped}),
		record(exchange) {
			if (!isOver && queue.add(exchange)) {
				return;
			}

			dropped++;
			tellOfDrops();
		},
		async close(graceMs = closeGraceMs) {
			child.hold();
			if (!isOver) {
				queue.flush();
				const timer = Promise.withResolvers<void>();
				const handle = setTimeout(timer.resolve, graceMs);
				await Promise.race([queue.emptied(), timer.promise, ready.promise.then(async () => timer.promise, () => undefined)]);
				clearTimeout(handle);
				isOver = true;
				dropped += queue.length();
			}

			await child.stop(queue.length() > 0 ? 1000 : graceMs);
			return {recorded, dropped};
		},
	};
};
