import {type Instant} from '../records.ts';

/**
 * Minutes after the first attempt at which a failed delivery is tried again, as Voucherify's documentation has them.
 * (Its table ends in a contradiction: the wait that it gives for the last one does not lead to the 24 h that it states.)
 */
const retryMinutes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440] as const;

/** After so many retries a delivery has failed for good. */
export const mostRetries = retryMinutes.length;

const minuteMs = 60_000;
/** Of the time since the retry before. */
const mostJitter = 0.2;
/** A receiver may ask for a later retry, within bounds. */
const longestRetryAfterMs = 3_600_000;

const offsetMs = (retry: number): number => (retryMinutes[retry - 1] ?? 0) * minuteMs;

/**
 * When to try again after a failed attempt; null when the retries are used up. Never before its time in the table, and later
 * than that by up to 20 % of the step, so that deliveries that failed together do not return together. After a pause of
 * the worker, retries that are overdue keep half a step between them.
 */
export const nextRetryAt = ({firstAt, now, retries, random, retryAfterMs = 0}: {
	/** The first attempt's start. */
	readonly firstAt: Instant;
	readonly now: Instant;
	/** Made so far, without the first attempt. */
	readonly retries: number;
	/** Gives a number from 0 up to, not including, 1. */
	readonly random: () => number;
	/** What the receiver asked for. */
	readonly retryAfterMs?: number;
}): Instant | null => {
	const retry = retries + 1;
	if (retry > mostRetries) {
		return null;
	}

	const stepMs = offsetMs(retry) - offsetMs(retry - 1);
	const asked = now + Math.min(Math.max(retryAfterMs, 0), longestRetryAfterMs);
	return Math.max(firstAt + offsetMs(retry) + Math.floor(random() * mostJitter * stepMs), now + Math.floor(stepMs / 2), asked);
};

/** The header Retry-After, seconds or a date, in milliseconds from `now`; 0 when there is none that can be read. */
export const readRetryAfter = (value: string | undefined, now: Instant): number => {
	const text = value?.trim() ?? '';
	if (/^\d{1,9}$/.test(text)) {
		return Number(text) * 1000;
	}

	// An HTTP date begins with the name of the day: what else Date.parse takes is none.
	const at = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(at) ? 0 : Math.max(0, at - now);
};
