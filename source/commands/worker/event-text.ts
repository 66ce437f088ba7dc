import {type Instant} from '../../domain/records.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {type JobEnd} from '../../worker/run-job.ts';
import {type WorkerEvent} from '../../worker/run-worker.ts';

const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error);

const endWords: Readonly<Record<JobEnd['kind'], string>> = {
	done: 'done', dead: 'failed', failed: 'will-retry', cancelled: 'cancelled', released: 'given-back', lost: 'lease-lost',
};

/** The properties of an event that are told. */
const tellingOf = (event: WorkerEvent): Readonly<Record<string, string | number>> => {
	switch (event.kind) {
		case 'claimed': {
			return {event: 'claimed', id: event.job.id, type: event.job.type, try: event.job.attempt};
		}

		case 'ended': {
			const {job, end, durationMs} = event;
			return {event: endWords[end.kind], id: job.id, type: job.type, try: job.attempt, ms: Math.round(durationMs), ...('error' in end && {error: messageOf(end.error)})};
		}

		case 'delivered': {
			const {id, endpointId, outcome, status, duration, error} = event.result;
			return {event: outcome === 'success' ? 'sent' : `send-${outcome}`, id, endpoint: endpointId, ...(status !== null && {status}), ms: Math.round(duration), ...(error !== null && {error})};
		}

		case 'store-fault': {
			return {event: 'store-fault', error: messageOf(event.error)};
		}

		case 'started':
		case 'stopping':
		case 'stopped': {
			return {event: event.kind, worker: event.worker};
		}
	}
};

/** One line: `2026-11-22T10:00:00.000Z done id=aa_… type=LOGS.IMPORT try=1 ms=812`, or an object of the same. */
export const eventText = (event: WorkerEvent, {at, isJson}: {readonly at: Instant; readonly isJson: boolean}): string => {
	const {event: kind, ...rest} = tellingOf(event);
	const time = new Date(at).toISOString();
	if (isJson) {
		return `${JSON.stringify({at: time, event: kind, ...rest})}\n`;
	}

	const properties = Object.entries(rest).map(([name, value]) => `${name}=${/\s/.test(String(value)) ? JSON.stringify(value) : value}`);
	return `${makeSafe([time, kind, ...properties].join(' '))}\n`;
};
