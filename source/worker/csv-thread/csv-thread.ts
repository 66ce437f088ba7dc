import {parentPort, workerData} from 'node:worker_threads';
import {createCsvFormatter, type CsvLayout} from '../../services/export/csv-formatter.ts';
import {type FromThread, type ToThread} from './messages.ts';

/** The thread: makes CSV of each page that it is sent. It touches neither store nor files, so it can be ended at any time. */
const formatter = createCsvFormatter(workerData as CsvLayout);

const send = (message: FromThread, transfer: readonly ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

const format = async ({id, rows}: ToThread): Promise<void> => {
	try {
		const page = await formatter.format(rows);
		send({id, page}, [page.csv.buffer]);
	} catch (error) {
		send({id, error: error instanceof Error ? error : new Error(String(error))});
	}
};

parentPort?.on('message', (message: ToThread) => void format(message));
