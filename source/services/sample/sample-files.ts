import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {type Instant} from '../../domain/records.ts';
import {moveInTime} from './move-in-time.ts';

export type SampleOptions = {
	/** The directory of the data files. */
	readonly directory: string;
	/** The end of the sample: its newest record lies about a minute before. */
	readonly until: Instant;
};

export type SampleSettings = {
	/** The end of the sample as the files have it. */
	readonly recordedUntil: Instant;
	/** What the project is called, its time zone, and the names of its keys. */
	readonly settings: Readonly<Record<string, string>>;
};

export async function readSampleSettings(directory: string): Promise<SampleSettings> {
	const {recorded_until: recordedUntil, settings} = JSON.parse(await readFile(path.join(directory, 'settings.json'), 'utf8')) as {recorded_until: string; settings: Record<string, string>};
	return {recordedUntil: Date.parse(recordedUntil), settings};
}

/** The lines of a data file with every time in them moved, so that the sample ends at `until`. */
export async function readSampleLines({directory, until}: SampleOptions, file: string): Promise<readonly string[]> {
	const [text, {recordedUntil}] = await Promise.all([readFile(path.join(directory, file), 'utf8'), readSampleSettings(directory)]);
	return moveInTime(text, until - recordedUntil).split('\n').filter(line => line !== '');
}
