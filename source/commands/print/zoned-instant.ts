import {type Instant} from '../../domain/records.ts';
import {offsetMsAt} from '../../domain/time/zone.ts';
import {isoInstant} from '../../domain/time/iso-instant.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** ISO 8601 in a zone, with its offset: `2026-11-22T22:13:59.120+01:00`; one word that query and programs read. */
export const zonedInstant = (at: Instant, timezone: string): string => {
	// Asking for a zone for the first time takes 15 ms.
	const offsetMs = timezone === 'UTC' ? 0 : offsetMsAt(at, timezone);
	const text = isoInstant(at + offsetMs);
	if (text === null || offsetMs === 0) {
		return text ?? '-';
	}

	const minutes = Math.round(Math.abs(offsetMs) / 60_000);
	return `${text.slice(0, -1)}${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};
