import {once} from 'node:events';
import {parentPort, workerData} from 'node:worker_threads';
import {sendFault} from '../../domain/sent-fault.ts';
import {openLogSource} from '../../intake/open-log-source.ts';
import {prepareLogs} from '../../services/import/prepare-logs.ts';
import {type FromIntake, type IntakeOpening} from './messages.ts';

/** The thread: reads a file and makes logs of it. It does not touch the store, so it can be ended at any time. */
const {path, format, after, resumption, redaction, isRemote, ahead} = workerData as IntakeOpening;

const send = (message: FromIntake, transfer: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

let secrets: Array<readonly [secret: string, mark: string]> = [];
let waiting = 0;
parentPort?.on('message', () => {
	waiting--;
});

const run = async (): Promise<void> => {
	const source = await openLogSource({from: {path}, format, after});
	if (after !== null && source.isResumed !== true) {
		// The next try sees so, and begins at its start.
		throw new Error(`${path} was written while its import began`);
	}

	const preparation = {
		source, resumption, now: () => Date.now(), isRemote, signal: undefined,
		redaction: redaction === null ? null : {...redaction, onSecret: (secret: string, mark: string) => secrets.push([secret, mark])},
	};
	for await (const prepared of prepareLogs(preparation)) {
		while (waiting >= ahead && parentPort !== null) {
			await once(parentPort, 'message');
		}

		waiting++;
		send({kind: 'prepared', prepared, secrets}, prepared.chunks.flatMap(({rows, contents}) => [rows.buffer, contents.buffer]));
		secrets = [];
	}

	send({kind: 'end'});
};

try {
	await run();
} catch (error) {
	send({kind: 'failed', fault: sendFault(error)});
}

// Nothing more is heard; the thread ends.
parentPort?.close();
