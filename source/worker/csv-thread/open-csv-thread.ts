import {createCsvFormatter, type CsvFormatter, type CsvLayout, type CsvPage} from '../../services/export/csv-formatter.ts';
import {startThread} from '../start-thread.ts';
import {type FromThread, type ToThread} from './messages.ts';

const youngGenerationMb = 8;

/** Pages that the thread has before it: the one that it is at, and what it goes on with while this one makes a page. */
const mostWaiting = 3;

type CsvThread = CsvFormatter & {readonly waiting: () => number};

type Waiting = {readonly resolve: (page: CsvPage) => void; readonly reject: (error: Error) => void};

const startCsvThread = (layout: CsvLayout): CsvThread => {
	const waiting = new Map<number, Waiting>();
	let sent = 0;
	let failure: Error | null = null;
	const thread = startThread({startedBy: import.meta.url, name: 'csv-thread', workerData: layout, youngGenerationMb});
	const fail = (error: Error): void => {
		failure ??= error;
		for (const {reject} of waiting.values()) {
			reject(failure);
		}

		waiting.clear();
	};

	thread.on('message', (message: FromThread) => {
		const asked = waiting.get(message.id);
		waiting.delete(message.id);
		if ('page' in message) {
			asked?.resolve(message.page);
		} else {
			asked?.reject(message.error);
		}
	});
	thread.on('error', error => fail(error instanceof Error ? error : new Error(String(error))));
	thread.on('exit', code => fail(new Error(`the thread that makes CSV ended with ${code}`)));
	return {
		waiting: () => waiting.size,
		format: rows => new Promise((resolve, reject) => {
			if (failure !== null) {
				reject(failure);
				return;
			}

			const message: ToThread = {id: ++sent, rows};
			waiting.set(message.id, {resolve, reject});
			thread.postMessage(message, [rows.buffer]);
		}),
		async close() {
			await thread.terminate();
		},
	};
};

/**
 * Makes CSV in a thread of its own, while this one reads the store; what the thread does not come to is made here, so that
 * neither waits for the other. Without a second page no thread is started, for that takes as long as the page.
 */
export const openCsvThread = (layout: CsvLayout): CsvFormatter => {
	const here = createCsvFormatter(layout);
	let thread: CsvThread | undefined;
	let isFirst = true;
	return {
		format(rows) {
			if (isFirst) {
				isFirst = false;
				return here.format(rows);
			}

			thread ??= startCsvThread(layout);
			return thread.waiting() < mostWaiting ? thread.format(rows) : here.format(rows);
		},
		async close() {
			await thread?.close();
		},
	};
};
