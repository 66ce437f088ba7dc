import {isValidZone} from '../domain/time/zone.ts';

/** The device's IANA zone, honouring TZ; UTC when TZ names none that is known (Intl then gives nothing, or `Etc/Unknown`). */
export const localZone = (): string => {
	// The types promise a string.
	const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone as string | undefined;
	return zone !== undefined && zone !== 'Etc/Unknown' && isValidZone(zone) ? zone : 'UTC';
};
