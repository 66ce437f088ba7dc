import {on} from 'node:events';
import {receiveFault} from '../../domain/sent-fault.ts';
import {prepareLogs, type PrepareLogs} from '../../services/import/prepare-logs.ts';
import {startThread} from '../start-thread.ts';
import {type FromIntake, type IntakeOpening, type ToIntake} from './messages.ts';

/** A smaller file is read before a thread is there. */
const leastBytes = 2_000_000;
const youngGenerationMb = 4;
const chunksAhead = 2;

/**
 * Reads and prepares in a thread of its own, while this one stores: together they take little more than the storing. What is no
 * file, or a small one, is prepared in this thread.
 */
export const prepareInThread: PrepareLogs = async function * (preparation) {
	const {source, resumption, redaction, isRemote, signal} = preparation;
	const {plainFile, format, bytesTotal, close} = source;
	if (plainFile === undefined || bytesTotal === null || bytesTotal < leastBytes) {
		yield * prepareLogs(preparation);
		return;
	}

	await close?.();
	const {onSecret, ...plainRedaction} = redaction ?? {};
	const opening: IntakeOpening = {
		...plainFile, format, resumption, isRemote, ahead: chunksAhead,
		redaction: redaction === null ? null : plainRedaction as IntakeOpening['redaction'],
	};
	const thread = startThread({startedBy: import.meta.url, name: 'intake-thread', workerData: opening, youngGenerationMb});
	try {
		for await (const [message] of on(thread, 'message', {signal, close: ['exit']}) as AsyncIterable<[FromIntake]>) {
			if (message.kind === 'end') {
				return;
			}

			if (message.kind === 'failed') {
				throw receiveFault(message.fault);
			}

			for (const [secret, mark] of message.secrets) {
				onSecret?.(secret, mark);
			}

			yield message.prepared;
			// Their memory goes now: the collector, which has little else to do here, would let it gather.
			for (const {rows, contents} of message.prepared.chunks) {
				rows.buffer.transfer(0);
				contents.buffer.transfer(0);
			}

			thread.postMessage('stored' satisfies ToIntake);
		}

		throw new Error('the thread that reads ended without a word');
	} finally {
		await thread.terminate();
	}
};
