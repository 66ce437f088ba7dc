import {isoInstant} from '../../domain/time/iso-instant.ts';
import {type Attempt} from '../../domain/records.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';

const mostLines = 8;
const mostCharacters = 600;

const isSuccess = (attempt: Attempt | null): boolean => attempt !== null && attempt.error === null;

export type Delivered = {readonly sendoutId: string; readonly targetUrl: string; readonly attempt: Attempt | null};

export const hasSucceeded = ({attempt}: Delivered): boolean => isSuccess(attempt);

export const deliveredJson = ({sendoutId, targetUrl, attempt}: Delivered): Readonly<Record<string, unknown>> => ({
	sendout_id: sendoutId, target_url: targetUrl, is_success: isSuccess(attempt), attempt: attempt?.number ?? null, started_at: isoInstant(attempt?.started_at ?? null),
	duration: attempt?.duration ?? null, status: attempt?.status ?? null, response_headers: attempt?.response_headers ?? null, response_body: attempt?.response_body ?? null, error: attempt === null ? 'no attempt was made' : attempt.error,
});

/** What came back: the status and the time, then the head of the body. */
export const deliveredText = ({sendoutId, targetUrl, attempt}: Delivered): string => {
	if (attempt === null) {
		return `${sendoutId}  not sent to ${makeSafe(targetUrl)}: its endpoint was removed, or another process sends it\n`;
	}

	const outcome = attempt.error === null ? `delivered, HTTP ${attempt.status}` : `failed: ${makeSafe(attempt.error)}`;
	const body = (attempt.response_body ?? '').slice(0, mostCharacters).split(/\r?\n/).slice(0, mostLines).map(line => makeSafe(line)).filter(line => line.trim() !== '');
	return `${sendoutId}  attempt ${attempt.number} to ${makeSafe(targetUrl)} ${outcome}, ${attempt.duration ?? 0} ms\n${body.map(line => `  ${line}\n`).join('')}`;
};
