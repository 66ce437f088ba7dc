import {type Instant} from '../records.ts';
import {isoInstant} from '../time/iso-instant.ts';
import {type Field} from './field.ts';

const attemptsWithIso = (attempts: unknown): unknown => Array.isArray(attempts)
	? attempts.map((attempt: {readonly started_at: Instant}) => ({...attempt, started_at: isoInstant(attempt.started_at)}))
	: null;

/** A field's value as JSON and CSV have it: instants as ISO 8601, null where there is nothing. */
export const printedValue = ({name, type}: Field, value: unknown): unknown => {
	if (type === 'instant') {
		return typeof value === 'number' ? isoInstant(value) : null;
	}

	return name === 'attempt_log' ? attemptsWithIso(value) : value ?? null;
};
