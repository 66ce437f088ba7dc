import {type Attempt, type Headers, type Sendout} from '../../../domain/records.ts';
import {formatDuration, formatInstant} from '../../../domain/time/format-time.ts';
import {formatBytes} from '../../../domain/text/format-number.ts';
import {createTextDocument, createTreeDocument, valueOf, type TreeDocument} from '../../components/json-tree/tree-document.ts';
import {progressBar} from '../../components/progress/progress-bar.ts';
import {unicodeSigns, type Signs} from '../../theme.ts';
import {attemptDifference} from './attempt-difference.ts';
import {pairsJson} from '../panes/body-document.ts';
import {jsonPane} from './json-pane.ts';
import {fieldsJson, metaPane} from './log-panes.ts';
import {type Pane} from '../panes/pane.ts';

/** Which attempts are looked at: places in the log of attempts, from 0. */
export type AttemptChoice = {
	/** The one under the cursor; the last one where null. */
	readonly selected: number | null;
	/** The one that others are compared with; the one before the selected where null. */
	readonly base: number | null;
	/** The difference is in sight: only then is it worth its time. */
	readonly isCompared: boolean;
};

export const noAttemptChoice: AttemptChoice = {selected: null, base: null, isCompared: false};

/** Name of the pane whose cursor selects an attempt. */
export const attemptsPane = 'attempts';

/** Name of the pane that compares two attempts. */
export const differencePaneName = 'difference';

type SendoutPanesInput = {
	/** In which times are shown. */
	readonly zone: string;
	readonly signs?: Signs | undefined;
	readonly choice?: AttemptChoice | undefined;
};

/** Each attempt in order with the answer to one and how it differs from another; the payload; everything else. */
export const sendoutPanes = (sendout: Sendout, {zone, signs = unicodeSigns, choice = noAttemptChoice}: SendoutPanesInput): readonly Pane[] => {
	const attempts = sendout.attempt_log;
	const last = attempts.length - 1;
	const selected = Math.max(0, Math.min(choice.selected ?? last, last));
	const base = choice.base === null || choice.base > last ? selected - 1 : choice.base;
	const data = jsonPane('data', sendout.data, 'It has no payload.');
	const meta = metaPane(`{"fields":${fieldsJson('sendouts', sendout)},"endpoint":${pairsJson([['id', sendout.source_id ?? ''], ['url', sendout.target_url ?? '']])}}`);
	const overview: Pane = {
		name: attemptsPane, info: `${sendout.attempts}`, emptyText: sendout.attempts === 0 ? 'No attempt was made yet.' : 'How the attempts went was not recorded.', isFromEnd: true,
		document: last < 0 ? null : timeline(attempts, choice.base, zone, signs),
		// Long where the answers are: made when it is wanted.
		get body() {
			return {text: JSON.stringify(attempts), suffix: 'json'} as const;
		},
	};
	if (last < 0) {
		return [overview, data, meta];
	}

	return [overview, responsePane(attempts[selected]!), differencePane(attempts, {base, selected, isCompared: choice.isCompared}), data, meta];
};

const barCells = 8;

/** A line an attempt: number, start, duration beside the longest one, what came of it. */
const timeline = (attempts: readonly Attempt[], base: number | null, zone: string, signs: Signs): TreeDocument => {
	const longest = Math.max(1, ...attempts.map(({duration}) => duration ?? 0));
	const numberCells = String(attempts.at(-1)?.number ?? 1).length;
	const lines = attempts.map(({number, started_at: startedAt, duration, status, error}, index) => {
		const isSuccess = hasSucceeded({status, error});
		const outcome = status === null ? error ?? 'no response' : `HTTP ${status}`;
		const why = error === null || status === null || error === `HTTP ${status}` ? '' : `  ${error}`;
		const bar = duration === null ? signs.empty.repeat(barCells) : progressBar(Math.max(duration / longest, 1 / barCells), barCells, signs);
		return [
			index === base ? signs.mark : ' ', String(number).padStart(numberCells), formatInstant(startedAt, zone, 'list'), bar,
			(duration === null ? 'no end' : formatDuration(duration)).padStart(8), `${isSuccess ? signs.success : signs.failure} ${outcome}${why}`,
		].join(' ');
	});
	return createTextDocument(lines.map(line => line.replaceAll(/[\r\n]+/g, ' ')).join('\n'), (_, index) => {
		const attempt = attempts[index - 1];
		return attempt && !hasSucceeded(attempt) ? 'failure' : undefined;
	});
};

const hasSucceeded = ({status, error}: Pick<Attempt, 'status' | 'error'>): boolean => error === null && status !== null && status >= 200 && status < 300;

/** What came back: status, body and headers as the members of one tree, the body as it stands. */
const responsePane = ({number, status, error, response_headers: headers, response_body: body}: Attempt): Pane => {
	const members = [
		...(error === null ? [] : [['error', JSON.stringify(error)]]),
		['status', JSON.stringify(status)],
		['body', bodyJson(body)],
		['headers', headers === null ? 'null' : headersJson(headers)],
	];
	const bytes = Buffer.byteLength(body ?? '');
	return {
		name: 'response', info: `to attempt ${number}${body === null ? '' : `, ${formatBytes(bytes)}`}`, emptyText: '', isExcerpt: true, folding: {isOpen: bytes < 16_384},
		document: createTreeDocument(`{${members.map(([name, json]) => `"${name}":${json}`).join(',')}}`, {
			style: 'plain',
			tokenOf: (document, index) => document.depths[index] === 1 && document.nodes[index]?.keyLiteral === '"error"' ? 'failure' : undefined,
		}),
		...(body === null ? {} : {body: {text: body, suffix: isJson(body) ? 'json' : 'txt'} as const}),
	};
};

const headersJson = (headers: Headers): string =>
	pairsJson(Object.entries(headers).flatMap(([name, value]) => typeof value === 'string' ? [[name, value] as const] : value.map(one => [name, one] as const)));

/** A body that is JSON stands in the tree with its own literals; text a line each. */
const bodyJson = (body: string | null): string => {
	if (body !== null && isJson(body)) {
		return body;
	}

	const lines = body?.replace(/\r?\n$/, '').split(/\r\n|\n|\r/) ?? null;
	return JSON.stringify(lines?.length === 1 ? lines[0] : lines);
};

const isJson = (text: string): boolean => {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

const differencePane = (attempts: readonly Attempt[], {base, selected, isCompared}: {readonly base: number; readonly selected: number; readonly isCompared: boolean}): Pane => {
	const [before, after] = [attempts[base], attempts[selected]];
	const isPair = before !== undefined && after !== undefined && before !== after;
	const lines = isPair && isCompared ? attemptDifference(before, after) : null;
	return {
		name: differencePaneName, isExcerpt: true,
		info: isPair ? `attempt ${before.number} to ${after.number}` : '',
		emptyText: isPair ? 'The same status, headers and body.' : 'Select another attempt to compare; m marks the one to compare with.',
		document: lines === null || lines.length === 0 ? null : createTextDocument(lines.join('\n'), tokenOfChange),
	};
};

const changeTokens = {'+': 'strong', '-': 'secondary', '@': 'accent'} as const;

const tokenOfChange = (document: TreeDocument, index: number) => {
	const sign = valueOf(document, index).charAt(0);
	return sign in changeTokens ? changeTokens[sign as keyof typeof changeTokens] : undefined;
};
