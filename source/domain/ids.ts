import {hash} from 'node:crypto';

/** Prefixes of the IDs that are made here, by what they name. */
export const idPrefixes = {
	log: 'log_',
	task: 'aa_',
	sendout: 'whs_',
	request: 'v-',
	event: 'evt_',
	endpoint: 'wh_',
	export: 'exp_',
} as const;

export type IdPrefix = (typeof idPrefixes)[keyof typeof idPrefixes];

/** 2016-05-04T00:00:00Z: where the time in an ID begins. */
const epochMs = 1_462_320_000_000;
const tailSize = 2 ** 30;
const timeSize = 2 ** 42;

/** `prefix` and 18 hex digits: 42 bits of milliseconds since the epoch, then 30 bits that tell IDs of one millisecond apart. */
const composeId = (prefix: string, timeMs: number, tail: number): string => {
	// 72 bits exceed a double: the upper 48 hold the time and 6 bits of the tail, the lower 24 the rest.
	const upper = timeMs * 64 + Math.floor(tail / 2 ** 24);
	const lower = tail % 2 ** 24;
	return prefix + upper.toString(16).padStart(12, '0') + lower.toString(16).padStart(6, '0');
};

const sinceEpoch = (at: number): number | null => {
	const timeMs = Math.floor(at) - epochMs;
	return timeMs >= 0 && timeMs < timeSize ? timeMs : null;
};

/**
 * A new ID that sorts by time as text.
 * @param at Epoch ms; before 2016-05-04 it counts as that day.
 * @param random Gives numbers from 0 up to, not including, 1.
 */
export const makeId = (prefix: string, at: number, random: () => number): string =>
	composeId(prefix, sinceEpoch(at) ?? 0, Math.floor(random() * tailSize));

/** An ID that follows from what it names: the same instant and content give the same ID everywhere. */
export const contentId = (prefix: string, at: number, content: string): string => {
	const digest = hash('sha256', content, 'hex');
	const tail = Number.parseInt(digest.slice(0, 8), 16) % tailSize;
	// An instant that an ID cannot hold leaves its bits to the hash, else all such content would share 30 bits.
	const timeMs = sinceEpoch(at) ?? Number.parseInt(digest.slice(8, 14), 16);
	return composeId(prefix, timeMs, tail);
};

/** The instant (epoch ms) that an ID of this form carries, whoever made it; null for IDs of another form. */
export const instantOfId = (id: string): number | null => {
	const digits = /^[a-z]+[_-]([0-9a-f]{12})[0-9a-f]{6}$/.exec(id)?.[1];
	return digits === undefined ? null : Math.floor(Number.parseInt(digits, 16) / 64) + epochMs;
};
