import {type Log} from '../../domain/records.ts';
import {cutNote} from '../../domain/text/cut-body.ts';

// Of the 4 MB that a server takes as one value, both bodies of a log and what JSON adds to them must find room.
const mostBytes = 1_500_000;

const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

const fit = (body: string | null): string | null => {
	if (body === null || body.length * 6 <= mostBytes || jsonBytes(body) <= mostBytes) {
		return body;
	}

	let kept = body.slice(0, mostBytes);
	while (jsonBytes(kept) > mostBytes) {
		kept = kept.slice(0, Math.floor(kept.length * mostBytes / jsonBytes(kept)));
	}

	return `${kept}${cutNote(Buffer.byteLength(kept), Buffer.byteLength(body))}`;
};

/** A log whose bodies a libSQL server can take: of a longer one the beginning, with a note that says so. */
export const fitToServer = (log: Log): Log => ({...log, request_body: fit(log.request_body), response_body: fit(log.response_body)});
