import {fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatDuration} from '../../../domain/time/format-time.ts';
import {type EndpointHealth} from '../../../services/services.ts';
import {formatCount, untilText} from '../../components/list/cell.ts';
import {type Signs, type Theme, type Token} from '../../theme.ts';
import {lowRate} from './use-health.ts';

type Part = {readonly text: string; readonly token: Token; readonly cells: number; readonly align?: 'left' | 'right'};

export type HealthLineInput = {readonly width: number; readonly now: number; readonly theme: Theme};

/** The counts of waiting sendouts stop there. */
const mostWaiting = 10_000;
const gap = '  ';

/** `hooks.example.com/path`: the scheme is left out, it is nearly always the same. */
export const targetName = (url: string): string => makeSafe(url.replace(/^https?:\/\//, '').replace(/\/$/, ''));

/** One endpoint in exactly `width` cells: state, target, share of successes, p90, what waits, the next attempt, the breaker. A narrow line has fewer parts. */
export const healthLine = (health: EndpointHealth, {width, now, theme}: HealthLineInput, isPainted = true): string => {
	const {signs} = theme;
	const state = stateOf(health, now, signs);
	const isWide = width >= 110;
	const rest: readonly Part[] = [
		successPart(health),
		...(isWide ? [{text: health.p90Ms === null ? '' : `p90 ${formatDuration(health.p90Ms)}`, token: 'plain' as const, cells: 11}] : []),
		waitingPart(health),
		...(isWide ? [{text: health.nextAttemptAt === null ? '' : `next ${untilText(health.nextAttemptAt, now)}`, token: 'waiting' as const, cells: 14}] : []),
	];
	const used = 2 + rest.reduce((sum, {cells}) => sum + gap.length + cells, 0);
	const stateCells = Math.min(isWide ? 40 : 22, Math.floor((width - used) / 2));
	const target: Part = {text: targetName(health.endpoint.target_url), token: 'plain', cells: Math.max(10, Math.min(60, width - used - gap.length - stateCells))};
	const words: Part = {text: isWide ? state.text : state.short, token: state.token, cells: width - used - gap.length - target.cells};
	const paint = (token: Token, text: string) => isPainted ? theme.paint(token, text) : text;
	const parts = [target, ...rest, words].map(({text, token, cells, align}) => paint(token, fitCell(text, Math.max(0, cells), align ?? 'left', signs.ellipsis)));
	return `${paint(state.token, state.sign)} ${parts.join(gap)}`;
};

const successPart = ({successRate}: EndpointHealth): Part => successRate === null
	? {text: 'no attempts', token: 'secondary', cells: 14}
	: {text: `success ${successRate === 1 ? '100' : (Math.floor(successRate * 1000) / 10).toFixed(1)} %`, token: successRate < lowRate ? 'failure' : 'plain', cells: 14};

const waitingPart = ({waiting}: EndpointHealth): Part =>
	({text: `${formatCount(waiting)}${waiting >= mostWaiting ? '+' : ''} waiting`, token: waiting > 0 ? 'waiting' : 'secondary', cells: 15, align: 'right'});

type State = {readonly sign: string; readonly text: string; readonly short: string; readonly token: Token};

/** Sign and words of what keeps an endpoint from being sent to, or that nothing does. */
const stateOf = ({endpoint, breaker, blockedUntil, waiting}: EndpointHealth, now: number, signs: Signs): State => {
	if (!endpoint.active) {
		const text = endpoint.disabled_reason === null ? 'disabled' : `disabled: ${makeSafe(endpoint.disabled_reason)}`;
		return {sign: signs.canceled, text, short: text, token: waiting > 0 ? 'failure' : 'secondary'};
	}

	if (breaker === 'open') {
		const when = blockedUntil === null ? '' : `${untilText(blockedUntil, now)}`;
		return {sign: signs.failure, text: `breaker open${when === '' ? '' : `, lets one through ${when}`}`, short: `breaker open${when === '' ? '' : ` ${when}`}`, token: 'failure'};
	}

	return breaker === 'half-open'
		? {sign: signs.running, text: 'breaker half-open, one on trial', short: 'breaker half-open', token: 'waiting'}
		: {sign: signs.success, text: 'breaker closed', short: 'breaker closed', token: 'secondary'};
};
