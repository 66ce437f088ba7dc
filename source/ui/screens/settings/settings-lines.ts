import {cellWidth, fitCell, wrapCells} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatInstant} from '../../../domain/time/format-time.ts';
import {type Instant} from '../../../domain/records.ts';
import {type PulledSource, type PullOverview, type Settings} from '../../../services/services.ts';
import {settingRules} from '../../../services/setting-rules.ts';
import {type Theme} from '../../theme.ts';

type LinesInput = {
	readonly settings: Settings;
	readonly pulls: PullOverview;
	readonly now: Instant;
	/** IANA zone that times are shown in. */
	readonly zone: string;
	readonly width: number;
	readonly theme: Theme;
};

const nameWidth = 25;
/** In less room a note begins below its text. */
const leastNote = 8;
const titles: Readonly<Record<PulledSource['source'], string>> = {logs: 'Logs', tasks: 'Background Tasks', exports: 'Exports'};

/** Not by how long ago: an idle screen is not drawn again, and would soon be wrong. */
const timeIn = (zone: string) => (at: Instant): string => formatInstant(at, zone, 'dayMinute');

const countText = (count: number): string => count.toLocaleString('en-US');

type Row = {readonly sign: string; readonly name: string; readonly text: string; readonly note?: string};

/** A sign, a name, what there is to say, and dim what is secondary; what is long goes on below itself. */
const rowLines = ({sign, name, text, note = ''}: Row, {width, theme}: LinesInput): readonly string[] => {
	const room = Math.max(20, width - nameWidth - 4);
	const [first = '', ...rest] = wrapCells(makeSafe(text), room);
	const noteRoom = rest.length > 0 ? 0 : room - cellWidth(first) - 2;
	const safeNote = makeSafe(note);
	const besideNote = noteRoom < leastNote ? '' : (wrapCells(safeNote, noteRoom)[0] ?? '');
	const belowNote = safeNote.slice(besideNote.length);
	const below = [...rest, ...belowNote === '' ? [] : wrapCells(belowNote, room).map(line => theme.paint('secondary', line))];
	const beside = besideNote === '' ? '' : `  ${theme.paint('secondary', besideNote.trimEnd())}`;
	return [` ${sign} ${fitCell(makeSafe(name), nameWidth - 1, 'left', theme.signs.ellipsis)} ${first}${beside}`, ...below.map(line => `${' '.repeat(nameWidth + 3)}${line}`)];
};

const sourceRow = ({source, reachedFrom, reachedUntil, pulledAt, added, failedAt, error}: PulledSource, {theme, zone}: LinesInput): Row => {
	const at = timeIn(zone);
	const name = titles[source];
	const range = source === 'logs' && reachedFrom !== null && reachedUntil !== null
		? `${at(reachedFrom)} to ${at(reachedUntil)}`
		: '';
	if (error !== null) {
		return {sign: theme.paint('failure', theme.signs.failure), name, text: `failed ${failedAt === null ? '' : `${at(failedAt)}: `}${error}`, note: range};
	}

	return pulledAt === null
		? {sign: theme.paint('secondary', theme.signs.none), name, text: theme.signs.none, note: 'not pulled yet'}
		: {sign: theme.signs.success, name, text: `pulled ${at(pulledAt)}, ${countText(added)} new`, note: range};
};

const lastPullRow = ({last, isRunning}: PullOverview, {theme, zone}: LinesInput): readonly Row[] => {
	const at = timeIn(zone);
	if (last === null) {
		return [];
	}

	if (isRunning) {
		const text = last.status === 'scheduled' ? 'waits for a worker that has the keys' : `runs, ${Math.floor(last.progress)} %`;
		return [{sign: theme.paint('waiting', last.status === 'scheduled' ? theme.signs.waiting : theme.signs.running), name: 'this pull', text, note: last.id}];
	}

	const isFailed = last.status === 'failed';
	return [{
		sign: isFailed ? theme.paint('failure', theme.signs.failure) : theme.signs.success, name: 'last pull',
		text: isFailed ? `failed ${at(last.updated_at ?? last.created_at)}: ${last.error ?? ''}` : `done ${at(last.updated_at ?? last.created_at)}`, note: last.id,
	}];
};

const nextPullRow = ({every, nextAt, keysFrom, problem, isRunning}: PullOverview, {theme, now, zone}: LinesInput): Row => {
	const at = timeIn(zone);
	const when = nextAt === null || isRunning ? '' : (nextAt <= now ? ', due now' : `, the next at ${at(nextAt)}`);
	const name = 'pull.every';
	if (problem !== null || keysFrom === null) {
		return {sign: theme.paint('secondary', theme.signs.none), name, text: `${every}; no keys, no pulls`, note: 'set VOUCHERIFY_APP_ID and VOUCHERIFY_SECRET_KEY'};
	}

	return every === 'off'
		? {sign: theme.paint('secondary', theme.signs.none), name, text: 'off', note: 'p pulls once; auditty settings pull.every 5m'}
		: {sign: theme.paint('waiting', theme.signs.waiting), name, text: `every ${every}${when}`};
};

const gapRows = ({gaps}: PullOverview, {theme, zone}: LinesInput): readonly Row[] => {
	const at = timeIn(zone);
	return gaps.map(({from, until, error}) => ({sign: theme.paint('failure', theme.signs.failure), name: 'missing logs', text: `${at(from)} to ${at(until)}: ${error}`}));
};

const pullRows = (input: LinesInput): readonly Row[] => {
	const {pulls, theme} = input;
	return [
		pulls.problem === null
			? {sign: pulls.keysFrom === null ? theme.paint('secondary', theme.signs.none) : theme.signs.success, name: 'project', text: pulls.project, note: pulls.keysFrom === null ? 'no keys' : `keys from ${pulls.keysFrom}`}
			: {sign: theme.paint('failure', theme.signs.failure), name: 'project', text: pulls.problem},
		...pulls.sources.map(source => sourceRow(source, input)),
		...gapRows(pulls, input),
		...lastPullRow(pulls, input),
		nextPullRow(pulls, input),
	];
};

const settingRows = ({settings, theme}: LinesInput): readonly Row[] => {
	const known = settingRules.filter(({key}) => !key.includes('<')).map(({key}) => key);
	return [...known, ...Object.keys(settings.all).filter(key => !known.includes(key))].map(key => {
		const value = settings.all[key];
		const rule = settingRules.find(one => one.key === key);
		return {sign: value === undefined ? ' ' : theme.paint('accent', theme.signs.mark), name: key, text: value ?? theme.signs.none, note: rule?.description ?? 'the name of an API key'};
	});
};

/** How the project's sources stand, then every setting with its value: as many lines as there are. */
export const settingsLines = (input: LinesInput): readonly string[] => {
	const {theme} = input;
	return [
		theme.paint('secondary', ' Voucherify'),
		...pullRows(input).flatMap(row => rowLines(row, input)),
		'',
		theme.paint('secondary', ' Settings'),
		...settingRows(input).flatMap(row => rowLines(row, input)),
	];
};
