import {writeFileSync} from 'node:fs';
import {seededRandom} from './generator/random.ts';
import {logLine, recordedUntil, startRecording, type Line} from './generator/recording.ts';
import {keyNames, projectName, projectTimezone} from './generator/shop.ts';
import {recordTraffic} from './generator/traffic.ts';
import {recordStories} from './generator/stories.ts';
import {recordBackOffice} from './generator/back-office.ts';
import {makeSendouts} from './generator/sendouts.ts';

/**
 * The files of the sample project by name, the same bytes on every run.
 * `node data/generate-sample-project.ts` writes them to data/sample-project/.
 */
export function generateSampleProject(): ReadonlyMap<string, string> {
	const recording = startRecording(seededRandom(20_260_910));
	const traffic = recordTraffic(recording);
	recordStories(traffic);
	const {tasks, exports} = recordBackOffice(traffic);
	const sendouts = makeSendouts(traffic);
	// A call that began after the end would lie in the future once it is loaded.
	const calls = recording.calls.filter(({at}) => at < recordedUntil - 45_000).sort((left, right) => left.at - right.at);
	const settings = {
		recorded_until: new Date(recordedUntil).toISOString(),
		settings: {'project.name': projectName, 'project.timezone': projectTimezone, ...Object.fromEntries(Object.entries(keyNames).map(([id, name]) => [`keys.${id}`, name]))},
	};
	return new Map([
		['logs.ndjson', lines(calls.map(call => logLine(call)))],
		['tasks.ndjson', lines(byCreation(tasks))],
		['exports.ndjson', lines(byCreation(exports))],
		['sendouts.ndjson', lines(byCreation(sendouts))],
		['settings.json', `${JSON.stringify(settings, undefined, '\t')}\n`],
	]);
}

const byCreation = (records: readonly Line[]): readonly Line[] => records.toSorted((left, right) => String(left['created_at']) < String(right['created_at']) ? -1 : 1);

const lines = (records: readonly Line[]): string => records.map(record => `${escapeInvisible(JSON.stringify(record))}\n`).join('');

/** The hostile values are for the program; whoever prints the files gets harmless ones. */
function escapeInvisible(json: string): string {
	const units = (character: string): string => Array.from({length: character.length}, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
	return json.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, units);
}

if (import.meta.main) {
	for (const [name, text] of generateSampleProject()) {
		writeFileSync(new URL(`sample-project/${name}`, import.meta.url), text);
	}
}
