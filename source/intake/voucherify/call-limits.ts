import {setTimeout as delay} from 'node:timers/promises';
import {type Allowance, VoucherifyFault} from '../../services/pull/voucherify-api.ts';

type HeaderValues = Readonly<Record<string, string | string[] | undefined>>;

/** Who is told that calls wait, until when (epoch ms) and for which limit; null when they go on. */
export type OnWait = (waiting: {readonly until: number} | null) => void;

/** A limit that begins anew later than this is not waited for. */
const longestWaitMs = 2 * 3_600_000;
const shortestWaitMs = 250;
/** The header `date` holds seconds, and the way takes some time. */
const smallestSkewMs = 10_000;

const first = (headers: HeaderValues, name: string): string | undefined => {
	const value = headers[name];
	return typeof value === 'string' ? value : value?.[0];
};

const count = (headers: HeaderValues, name: string): number | null => {
	const text = first(headers, name)?.trim() ?? '';
	return /^\d{1,15}$/.test(text) ? Number(text) : null;
};

/** Seconds, or a date. */
const retryAfterMs = (headers: HeaderValues, now: number): number | null => {
	const text = first(headers, 'retry-after')?.trim() ?? '';
	if (/^\d+(?:\.\d+)?$/.test(text)) {
		return Number(text) * 1000;
	}

	const at = text === '' ? Number.NaN : Date.parse(text);
	return Number.isNaN(at) ? null : at - now;
};

/** Epoch seconds; milliseconds, and seconds from now, are told from them by their size. */
const rateLimitRetryMs = (headers: HeaderValues, now: number): number | null => {
	const value = count(headers, 'x-rate-limit-retry');
	if (value === null) {
		return null;
	}

	return value < 10_000_000 ? value * 1000 : (value < 100_000_000_000 ? value * 1000 - now : value - now);
};

/**
 * The limits of a project's calls, as its answers tell them: X-Rate-Limit-Limit and -Remaining with each, Retry-After or
 * X-Rate-Limit-Retry (until when to wait) with a 429, X-Rate-Limit-Retry also with the last call that is left.
 */
export const createCallLimits = ({now, onWait}: {readonly now: () => number; readonly onWait: OnWait}) => {
	let allowance: Allowance | null = null;
	let blockedUntil = 0;
	let clockAheadMs = 0;

	return {
		clockAheadMs: (): number => Math.abs(clockAheadMs) < smallestSkewMs ? 0 : clockAheadMs,
		allowance: (): Allowance | null => allowance,

		/** Reads what an answer tells. `refusedTimes`: how often in a row it was a 429. Throws a `VoucherifyFault` when the wait is too long. */
		note(headers: HeaderValues, {refusedTimes}: {readonly refusedTimes: number}): void {
			const remaining = count(headers, 'x-rate-limit-remaining');
			const limit = count(headers, 'x-rate-limit-limit');
			const date = Date.parse(first(headers, 'date') ?? '');
			clockAheadMs = Number.isNaN(date) ? clockAheadMs : date - now();
			allowance = remaining === null || limit === null ? allowance : {remaining, limit};
			if (refusedTimes === 0 && remaining !== 0) {
				return;
			}

			const at = now();
			const told = (refusedTimes > 0 ? retryAfterMs(headers, at) : null) ?? rateLimitRetryMs(headers, at);
			const waitMs = told ?? (refusedTimes > 0 ? Math.min(1000 * 2 ** (refusedTimes - 1), 60_000) : 0);
			if (waitMs > longestWaitMs) {
				// With the last call that is left nothing is refused yet.
				if (refusedTimes === 0) return;
				const type = first(headers, 'x-rate-limit-type');
				const what = type === 'api_calls_cycle' ? 'of the plan\'s cycle ' : '';
				throw new VoucherifyFault('limit', `the project takes no more calls until ${new Date(at + waitMs).toISOString()}: the limit ${what}is used up`, 'pull again then, or raise the limit in Voucherify');
			}

			blockedUntil = Math.max(blockedUntil, at + (refusedTimes > 0 ? Math.max(waitMs, shortestWaitMs) : waitMs));
		},

		/** Waits until a call may be made. */
		async pass(signal: AbortSignal): Promise<void> {
			let isWaiting = false;
			for (let leftMs = blockedUntil - now(); leftMs > 0; leftMs = blockedUntil - now()) {
				isWaiting = true;
				onWait({until: blockedUntil});
				await delay(Math.min(leftMs, 60_000), undefined, {signal}).catch(() => signal.throwIfAborted());
			}

			if (isWaiting) onWait(null);
		},
	};
};

export type CallLimits = ReturnType<typeof createCallLimits>;
