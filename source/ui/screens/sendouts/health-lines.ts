import {cellWidth, fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatDuration} from '../../../domain/time/format-time.ts';
import {type EndpointHealth} from '../../../services/services.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {untilText} from '../../components/list/cell.ts';
import {type Signs, type Theme, type Token} from '../../theme.ts';
import {lowRate} from './use-health.ts';

type Part = {readonly text: string; readonly token: Token};

const partNames = ['target', 'success', 'p90', 'waiting', 'next', 'state'] as const;
type PartName = (typeof partNames)[number];

const leastTarget = 24;
const shortestTarget = 8;
/** What leaves first where there is no room for it beside so much of the target. */
const leaving: ReadonlyArray<readonly [name: PartName, target: number]> = [['p90', leastTarget], ['next', leastTarget], ['waiting', shortestTarget], ['success', shortestTarget]];
const mostTarget = 60;
/** The counts of waiting sendouts stop there. */
const mostWaiting = 10_000;
const gap = 2;

/** `hooks.example.com/path`: the scheme is left out, it is nearly always the same. */
export const targetName = (url: string): string => makeSafe(url.replace(/^https?:\/\//, '').replace(/\/$/, ''));

export type HealthLinesInput = {
	/** Terminal cells of a line, its sign included. */
	readonly width: number;
	readonly now: number;
	readonly theme: Theme;
	/** Index of a line that is left unpainted: it is shown as the selected one. */
	readonly plainAt?: number;
};

/**
 * A line an endpoint, in columns: sign of its state, target, share of successes, p90 of the durations, what waits, the next
 * attempt, the circuit breaker. A column that says nothing of any of them is left out; a narrow line has fewer.
 */
export const healthLines = (endpoints: readonly EndpointHealth[], {width, now, theme, plainAt}: HealthLinesInput): readonly string[] => {
	const {signs} = theme;
	const states = endpoints.map(health => stateOf(health, now, signs));
	const rows = endpoints.map((health, index) => partsOf(health, states[index]!.long, now));
	const fitsWhole = widthOf(columnsOf(rows)) + leastTarget <= width;
	const shownRows = fitsWhole ? rows : endpoints.map((health, index) => partsOf(health, states[index]!.short, now));
	const columns = columnsOf(shownRows);
	for (const [name, target] of leaving) {
		if (widthOf(columns) + Math.min(target, columns.get('target') ?? 0) > width) {
			columns.delete(name);
		}
	}

	columns.set('target', Math.max(shortestTarget, Math.min(columns.get('target') ?? 0, mostTarget, width - widthOf(columns))));
	return shownRows.map((row, index) => {
		const paint = (token: Token, text: string) => index === plainAt ? text : theme.paint(token, text);
		const {sign, token} = states[index]!;
		let room = width - 2;
		const cells = partNames.filter(name => columns.has(name)).map((name, at) => {
			const cell = fitCell(row[name].text, Math.max(0, Math.min(columns.get(name)!, room - (at === 0 ? 0 : gap))), name === 'waiting' ? 'right' : 'left', signs.ellipsis);
			room -= columns.get(name)! + (at === 0 ? 0 : gap);
			return paint(row[name].token, cell);
		});
		return `${paint(token, sign)} ${cells.join(' '.repeat(gap))}`;
	});
};

const columnsOf = (rows: ReadonlyArray<Readonly<Record<PartName, Part>>>): Map<PartName, number> =>
	new Map(partNames.map(name => [name, Math.max(0, ...rows.map(row => cellWidth(row[name].text)))] as const).filter(([, cells]) => cells > 0));

/** Of a line without its target. */
const widthOf = (columns: ReadonlyMap<PartName, number>): number => 2 + [...columns].reduce((sum, [name, cells]) => sum + (name === 'target' ? 0 : gap + cells), 0);

const partsOf = ({endpoint, successRate, p90Ms, waiting, nextAttemptAt}: EndpointHealth, state: Part, now: number): Readonly<Record<PartName, Part>> => ({
	target: {text: targetName(endpoint.target_url), token: 'plain'},
	success: successRate === null
		? {text: 'no attempts', token: 'secondary'}
		: {text: `success ${successRate === 1 ? '100' : (Math.floor(successRate * 1000) / 10).toFixed(1)} %`, token: successRate < lowRate ? 'failure' : 'plain'},
	p90: {text: p90Ms === null ? '' : `p90 ${formatDuration(p90Ms)}`, token: 'plain'},
	waiting: {text: `${formatCount(waiting)}${waiting >= mostWaiting ? '+' : ''} waiting`, token: waiting > 0 ? 'waiting' : 'secondary'},
	next: {text: nextAttemptAt === null ? '' : `next ${untilText(nextAttemptAt, now)}`, token: 'waiting'},
	state,
});

type State = {readonly sign: string; readonly token: Token; readonly long: Part; readonly short: Part};

/** Sign and words of what keeps an endpoint from being sent to, or that nothing does. */
const stateOf = ({endpoint, breaker, blockedUntil, waiting, successRate}: EndpointHealth, now: number, signs: Signs): State => {
	const state = (sign: string, token: Token, long: string, short = long): State => ({sign, token, long: {text: long, token}, short: {text: short, token}});
	if (!endpoint.active) {
		return state(signs.canceled, waiting > 0 ? 'failure' : 'secondary', endpoint.disabled_reason === null ? 'disabled' : `disabled: ${makeSafe(endpoint.disabled_reason)}`, 'disabled');
	}

	if (breaker === 'open') {
		const when = blockedUntil === null ? '' : untilText(blockedUntil, now);
		return state(signs.failure, 'failure', `breaker open${when === '' ? '' : `, lets one through ${when}`}`, when.startsWith('in ') ? `breaker open for ${when.slice(3)}` : 'breaker open');
	}

	return breaker === 'half-open'
		? state(signs.running, 'waiting', 'breaker half-open, one on trial', 'breaker half-open')
		: {...state(signs.success, 'secondary', 'breaker closed'), ...((successRate ?? 1) < lowRate ? {sign: signs.failure, token: 'failure' as const} : {})};
};
