import {type Sendout} from '../../domain/records.ts';
import {escapeUnstorable} from '../../domain/text/storable.ts';
import {type Statement} from '../store.ts';

const text = (value: string | null): string | null => value === null ? null : escapeUnstorable(value);

/** Stores the attempts of a sendout; those that are there stay as they are. */
export const insertAttempts = ({id, attempt_log: attempts}: Pick<Sendout, 'id' | 'attempt_log'>): readonly Statement[] => attempts.map(attempt => ({
	sql: `INSERT INTO attempts (sendout_id, number, started_at, duration, status, response_headers, response_body, error)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sendout_id, number) DO NOTHING`,
	args: [
		escapeUnstorable(id), attempt.number, attempt.started_at, attempt.duration, attempt.status,
		attempt.response_headers === null ? null : JSON.stringify(attempt.response_headers), text(attempt.response_body), text(attempt.error),
	],
}));
