const unitMs: Readonly<Record<string, number>> = {s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000};
const longestMs = 20 * 86_400_000;

/** Milliseconds of `90s`, `5m`, `2h` or `1d`; null for anything else, and for less than a second or more than 20 days. */
export const readPause = (text: string): number | null => {
	const match = /^(\d{1,6})\s*([smhd])$/.exec(text.trim().toLowerCase());
	const ms = match === null ? 0 : Number(match[1]) * (unitMs[match[2] ?? ''] ?? 0);
	return ms >= 1000 && ms <= longestMs ? ms : null;
};
