import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {type AnyRecord, type AnySummary, type Instant, type Tab} from '../../domain/records.ts';

const furthestInstant = 8_640_000_000_000_000;

/** ISO 8601 in UTC with milliseconds and `Z`; null for what is no instant. */
export const isoInstant = (at: Instant): string | null => Math.abs(at) <= furthestInstant ? new Date(at).toISOString() : null;

const attemptsWithIso = (attempts: unknown): unknown => Array.isArray(attempts)
	? attempts.map((attempt: {readonly started_at: Instant}) => ({...attempt, started_at: isoInstant(attempt.started_at)}))
	: null;

/**
 * A record as it is printed: every field of its tab in the order of the table, instants as ISO 8601, null where there is
 * nothing.
 */
export const printedRecord = (record: AnySummary | AnyRecord, tab: Tab): Readonly<Record<string, unknown>> => {
	const values: Readonly<Record<string, unknown>> = record;
	const printed: Record<string, unknown> = {};
	for (const {name, type} of fieldsOf(tab)) {
		const value = values[name] ?? null;
		if (type === 'instant') {
			printed[name] = typeof value === 'number' ? isoInstant(value) : null;
		} else {
			printed[name] = name === 'attempt_log' ? attemptsWithIso(value) : value;
		}
	}

	return printed;
};
