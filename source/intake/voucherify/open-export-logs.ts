import {Readable} from 'node:stream';
import {type LogSource} from '../../services/import/log-source.ts';
import {openLogSource} from '../open-log-source.ts';

/** The logs of an `api_log` export while its file comes in: nothing of it lies on the disk. No bytes are no logs. */
export const openExportLogs = async (file: Readable, signal: AbortSignal): Promise<LogSource> => {
	const chunks = (file as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	const first = await chunks.next();
	if (first.done === true) {
		return {format: 'csv', placeNoun: 'line', bytesTotal: 0, items: Readable.from([]) as AsyncIterable<never>};
	}

	const whole = async function * (): AsyncGenerator<Buffer> {
		try {
			yield first.value;
			yield * {[Symbol.asyncIterator]: () => chunks};
		} finally {
			file.destroy();
		}
	};

	return openLogSource({from: {stream: Readable.from(whole()), name: 'the file of the export'}, format: 'csv', signal});
};
