import {type BackgroundTask, type ExportRecord, type Instant, type Log, type Sendout, type Tab} from '../../../domain/records.ts';
import {paceOf} from '../../../domain/task-pace.ts';
import {cellWidth, fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatDuration, formatInstant, type Zones} from '../../../domain/time/format-time.ts';
import {decodeJsonString} from '../../../domain/json/parse-json-tree.ts';
import {formatBytes, formatCount} from '../../../domain/text/format-number.ts';
import {type RecordDetail, type Related} from '../../../services/services.ts';
import {type TreeDocument} from '../../components/json-tree/tree-document.ts';
import {paceTexts} from '../../components/progress/pace-text.ts';
import {type Signs, type Theme, type Token} from '../../theme.ts';

export type HeadPart = {readonly text: string; readonly token: Token};

/** Parts that belong together; `rank` 1 stays when there is little room. */
export type HeadGroup = {readonly rank: number; readonly parts: readonly HeadPart[]};

export type HeadInput = {
	readonly detail: RecordDetail;
	readonly related: readonly Related[];
	readonly keyNames: Readonly<Record<string, string>>;
	readonly zones: Zones;
	readonly signs: Signs;
	/** The response of a log, for its error. */
	readonly response: TreeDocument | null;
};

const plain = (text: string): HeadPart => ({text, token: 'plain'});
const dim = (text: string): HeadPart => ({text, token: 'secondary'});
const named = (name: string, value: string | null): readonly HeadPart[] => value === null || value === '' ? [] : [plain(`${name} ${value}`)];

/** What a person needs to know of a record before reading its parts. */
export const headOf = (input: HeadInput): readonly HeadGroup[] => {
	const {tab, record} = input.detail;
	switch (tab) {
		case 'logs': {
			return logHead(record as Log, input);
		}

		case 'tasks': {
			return taskHead(record as BackgroundTask, input);
		}

		case 'exports': {
			return exportHead(record as ExportRecord, input);
		}

		case 'sendouts': {
			return sendoutHead(record as Sendout, input);
		}
	}
};

const logHead = (log: Log, input: HeadInput): readonly HeadGroup[] => {
	const isFailure = log.outcome === 'failure';
	const key = log.app_id ?? log.client_app_id;
	const keyName = key === null ? undefined : input.keyNames[key];
	const who = log.customer ?? log.user_email;
	return [
		{rank: 1, parts: [
			{text: log.id, token: 'strong'},
			{text: `${isFailure ? input.signs.failure : input.signs.success} ${log.status === null ? 'no response,' : log.status} ${log.outcome}`, token: isFailure ? 'failure' : 'plain'},
			...(log.request_duration === null ? [] : [plain(formatDuration(log.request_duration))]),
			...named(log.app_id === null && key !== null ? 'client key' : 'key', keyName === undefined ? key : `"${keyName}"`),
			...named('customer', log.customer),
			...named('user', log.user_email),
			...(who === null ? [dim('no customer or user')] : []),
			...named('campaign', log.campaign),
			...named('incentive', log.incentive),
		]},
		{rank: 2, parts: errorParts(log, input.response)},
		{rank: 4, parts: [plain([log.method, log.url].filter(part => part !== null).join(' ')), ...(log.endpoint === null ? [] : [dim(log.endpoint)]), ...named('channel', log.channel)].filter(({text}) => text !== '')},
		{rank: 3, parts: [...requestParts(log.request_id, input), ...timeParts(log.created_at, input.zones)]},
	];
};

/** Key and words of an error, from the fields and from the body. */
const errorParts = (log: Log, response: TreeDocument | null): readonly HeadPart[] => {
	if (log.outcome !== 'failure') {
		return [];
	}

	const words = ['message', 'details'].map(label => textAt(response, label)).filter(text => text !== null && text !== log.error_key);
	const own = textAt(response, 'error', 'message');
	return [
		...(log.error_key === null ? [] : [{text: log.error_key, token: 'failure' as const}]),
		...words.map(text => plain(text!)),
		...(own === null ? [] : [plain(own)]),
	];
};

/** The string or number at a path of keys. */
const textAt = (document: TreeDocument | null, ...labels: readonly string[]): string | null => {
	let node = document?.nodes[0];
	for (const label of labels) {
		node = node?.children?.find(({keyLiteral}) => keyLiteral === JSON.stringify(label));
	}

	if (!document || !node || node.children !== null || node.kind === 'null') {
		return null;
	}

	const literal = document.text.slice(node.start, Math.min(node.end, node.start + 500));
	return node.kind === 'string' ? decodeJsonString(literal) : literal;
};

const requestParts = (requestId: string | null, {related, signs}: HeadInput): readonly HeadPart[] => {
	const counts = relatedText(related, signs);
	if (requestId === null && counts === '') {
		return [];
	}

	return [plain(`request ${requestId ?? signs.none}${counts === '' ? '' : ` ${signs.arrow} ${counts}`}`)];
};

const nouns: Readonly<Record<Tab, readonly [one: string, many: string]>> = {
	logs: ['log', 'logs'], tasks: ['task', 'tasks'], exports: ['export', 'exports'], sendouts: ['sendout', 'sendouts'],
};

/** `1 task, 2 sendouts (1 ✗)`. */
export const relatedText = (related: readonly Related[], signs: Signs): string => (['logs', 'tasks', 'exports', 'sendouts'] as const).flatMap(tab => {
	const own = related.filter(one => one.tab === tab);
	const failures = own.filter(({isFailure}) => isFailure === true).length;
	return own.length === 0 ? [] : [`${own.length} ${nouns[tab][own.length === 1 ? 0 : 1]}${failures === 0 ? '' : ` (${failures} ${signs.failure})`}`];
}).join(', ');

/** One instant in all three times; the date again only where it is another day. */
const timeParts = (at: Instant, zones: Zones): readonly HeadPart[] => {
	const project = formatInstant(at, zones.project, 'full');
	const other = (zone: string) => formatInstant(at, zone, 'date') === project.slice(0, 10) ? formatInstant(at, zone, 'clock') : formatInstant(at, zone, 'second');
	return [plain(`${project} project`), dim(`${other(zones.local)} local`), dim(`${other('UTC')}Z`)];
};

const taskHead = (task: BackgroundTask, input: HeadInput): readonly HeadGroup[] => {
	const {signs} = input;
	const looks: Readonly<Record<BackgroundTask['status'], HeadPart>> = {
		scheduled: {text: `${signs.waiting} scheduled`, token: 'waiting'},
		in_progress: {text: `${signs.running} in_progress, ${Math.floor(task.progress)} %`, token: 'accent'},
		done: {text: `${signs.success} done`, token: 'plain'},
		failed: {text: `${signs.failure} failed`, token: 'failure'},
	};
	const total = task.total_count === null ? '' : ` of ${formatCount(task.total_count)}`;
	return [
		{rank: 1, parts: [
			{text: task.id, token: 'strong'}, plain(task.type), looks[task.status],
			...(task.processing_status === 'unknown' ? [] : [{text: `processing ${task.processing_status}`, token: task.processing_status === 'failure' ? 'failure' as const : 'plain' as const}]),
			plain(`${formatCount(task.done_count)}${total} done`),
			...(task.failed_count > 0 ? [{text: `${formatCount(task.failed_count)} failed ${signs.failure}`, token: 'failure' as const}] : []),
			...paceTexts(paceOf(task)).map(plain),
			...(task.processing_time === null ? [] : [plain(formatDuration(task.processing_time))]),
		]},
		{rank: 2, parts: task.error === null ? [] : [{text: task.error, token: 'failure'}]},
		{rank: 4, parts: [...named('user', task.user), ...named('log', task.log_id), ...named('export', task.export_id), dim(`origin ${task.origin}`)]},
		{rank: 3, parts: [...requestParts(task.request_id, input), ...timeParts(task.created_at, input.zones)]},
	];
};

const exportHead = (record: ExportRecord, input: HeadInput): readonly HeadGroup[] => {
	const {signs} = input;
	const looks: Readonly<Record<ExportRecord['status'], HeadPart>> = {
		scheduled: {text: `${signs.waiting} scheduled`, token: 'waiting'},
		in_progress: {text: `${signs.running} in_progress`, token: 'accent'},
		done: {text: `${signs.success} done`, token: 'plain'},
		error: {text: `${signs.failure} error`, token: 'failure'},
	};
	return [
		{rank: 1, parts: [
			{text: record.id, token: 'strong'}, plain(record.resource), looks[record.status],
			...(record.rows === null ? [] : [plain(`${formatCount(record.rows)} ${record.rows === 1 ? 'row' : 'rows'}`)]),
			...(record.bytes === null ? [] : [plain(formatBytes(record.bytes))]),
			...named('user', record.user), dim(`origin ${record.origin}`),
		]},
		{rank: 2, parts: record.error === null ? [] : [{text: record.error, token: 'failure'}]},
		{rank: 4, parts: named('task', record.task_id)},
		{rank: 3, parts: timeParts(record.created_at, input.zones)},
	];
};

const sendoutHead = (sendout: Sendout, input: HeadInput): readonly HeadGroup[] => {
	const {signs, zones} = input;
	const looks: Readonly<Record<Sendout['status'], HeadPart>> = {
		pending: {text: `${signs.waiting} pending`, token: 'waiting'},
		success: {text: `${signs.success} success`, token: 'plain'},
		retrying: {text: `${signs.running} retrying`, token: 'waiting'},
		failed: {text: `${signs.failure} failed`, token: 'failure'},
		canceled: {text: `${signs.canceled} canceled`, token: 'secondary'},
	};
	return [
		{rank: 1, parts: [
			{text: sendout.id, token: 'strong'}, looks[sendout.status], plain(sendout.type),
			plain(`${sendout.attempts} ${sendout.attempts === 1 ? 'attempt' : 'attempts'}`),
			...nextParts(sendout, input),
		]},
		{rank: 2, parts: sendout.error === null ? [] : [{text: sendout.error, token: sendout.status === 'failed' ? 'failure' : 'waiting'}]},
		{rank: 4, parts: [...named(signs.arrow, sendout.target_url), ...named('endpoint', sendout.source_id), ...named('event', sendout.event_id)]},
		{rank: 3, parts: [...requestParts(sendout.request_id, input), ...timeParts(sendout.created_at, zones)]},
	];
};

/** When it is sent next, or what holds it. */
const nextParts = ({next_attempt_at: nextAt}: Sendout, {detail: {hold}, zones}: HeadInput): readonly HeadPart[] => {
	if (nextAt === null) {
		return [];
	}

	const text = hold?.until === null
		? 'held while its endpoint is disabled'
		: `next ${formatInstant(hold?.until ?? nextAt, zones.project, 'second')}${hold === undefined ? '' : ', when the breaker lets one through'}`;
	return [{text, token: 'waiting'}];
};

/** Groups laid out in at most `rows` lines of exactly `width` cells; groups of a high rank leave first. */
export const headLines = (groups: readonly HeadGroup[], {width, rows, theme}: {readonly width: number; readonly rows: number; readonly theme: Theme}): readonly string[] => {
	let kept = groups.filter(({parts}) => parts.length > 0).map(group => ({rank: group.rank, lines: flow(group.parts, width, theme)}));
	const count = () => kept.reduce((sum, {lines}) => sum + lines.length, 0);
	while (count() > rows && kept.some(({lines}) => lines.length > 1)) {
		const longest = kept.toSorted((one, other) => other.lines.length - one.lines.length || other.rank - one.rank)[0]!;
		kept = kept.map(group => group === longest ? {...group, lines: group.lines.slice(0, -1)} : group);
	}

	while (count() > rows && kept.length > 0) {
		const last = Math.max(...kept.map(({rank}) => rank));
		kept = kept.filter(({rank}) => rank !== last);
	}

	return kept.flatMap(({lines}) => lines);
};

const flow = (parts: readonly HeadPart[], width: number, theme: Theme): readonly string[] => {
	const separator = ` ${theme.signs.separator} `;
	const lines: string[] = [];
	let line = ' ';
	let used = 1;
	for (const {text, token} of parts) {
		const safe = makeSafe(text);
		const fits = used + (used > 1 ? separator.length : 0) + cellWidth(safe) <= width;
		if (!fits && used > 1) {
			lines.push(line + ' '.repeat(width - used));
			line = ' ';
			used = 1;
		}

		const fitted = fitCell(safe, Math.min(cellWidth(safe), width - 1), 'left', theme.signs.ellipsis);
		const lead = used > 1 ? separator : '';
		line += theme.paint('secondary', lead) + theme.paint(token, fitted);
		used += lead.length + cellWidth(fitted);
	}

	return [...lines, line + ' '.repeat(Math.max(0, width - used))];
};
