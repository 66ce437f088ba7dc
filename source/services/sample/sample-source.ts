import {type LogSource, type SourceItem} from '../import/log-source.ts';
import {type SourceLog} from '../../domain/derive/source-log.ts';
import {readSampleLines, type SampleOptions} from './sample-files.ts';

const batchSize = 500;

/** The sample project's logs, as if their recording had ended at `until`. */
export async function sampleSource(options: SampleOptions): Promise<LogSource> {
	const lines = await readSampleLines(options, 'logs.ndjson');
	return {
		format: 'ndjson',
		placeNoun: 'line',
		bytesTotal: lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0),
		items: batches(lines),
	};
}

// eslint-disable-next-line @typescript-eslint/require-await -- The contract of a source is asynchronous; these lines are at hand.
async function * batches(lines: readonly string[]): AsyncGenerator<readonly SourceItem[]> {
	let bytesRead = 0;
	for (let start = 0; start < lines.length; start += batchSize) {
		yield lines.slice(start, start + batchSize).map((line, index) => {
			bytesRead += Buffer.byteLength(line) + 1;
			return {kind: 'log', place: start + index + 1, log: toLog(line), bytesRead};
		});
	}
}

function toLog(line: string): SourceLog {
	const log = JSON.parse(line) as Omit<SourceLog, 'created_at'> & {readonly created_at: string};
	return {...log, created_at: Date.parse(log.created_at)};
}
