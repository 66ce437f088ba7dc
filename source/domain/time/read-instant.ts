const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

const offsetMs = (text: string | undefined): number => {
	const parts = /^([+-])(\d\d):?(\d\d)?$/.exec(text ?? '');
	return parts === null ? 0 : (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3] ?? 0)) * 60_000;
};

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Years that a time of a log can have: an ISO instant holds four digits. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Epoch ms of an ISO 8601 text (any offset; without one it is UTC, as exports are) or of a number (epoch ms, also as text);
 * null when it is neither, or before 1970 or after 9999.
 */
export const readInstant = (value: unknown): number | null => {
	if (typeof value === 'number') return Number.isFinite(value) && value >= 0 && value <= latest ? Math.floor(value) : null;
	if (typeof value !== 'string') return null;
	const text = value.trim();
	const parts = iso.exec(text);
	if (parts === null) return /^\d{9,15}$/.test(text) ? readInstant(Number(text)) : null;
	const year = Number(parts[1]);
	const month = Number(parts[2]);
	const day = Number(parts[3]);
	const hour = Number(parts[4] ?? 0);
	const minute = Number(parts[5] ?? 0);
	const second = Number(parts[6] ?? 0);
	const isReal = month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysInMonth(year, month)) && hour <= 24 && minute <= 59 && second <= 60;
	if (!isReal) return null;
	const milliseconds = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
	return readInstant(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds) - offsetMs(parts[8]));
};
