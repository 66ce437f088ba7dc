import {type IncomingMessage} from 'node:http';
import {idPrefixes, makeId} from '../../domain/ids.ts';
import {createBodyKeeper, type BodyKeeper} from '../recorder/body-keeper.ts';
import {headersOfRaw, rawHeader, requestIdOf} from '../recorder/raw-headers.ts';
import {type Exchange} from '../recorder/exchange.ts';
import {type Recorder} from '../recorder/recorder.ts';
import {upstreamPath, type Upstream} from './upstream.ts';

/** One call on its way: what is known of it, until it is recorded, once. */
export type Call = {
	readonly request: IncomingMessage;
	/** Path and query at the upstream. */
	readonly path: string;
	readonly requestId: string;
	/** The client gave none, so that this one is sent along. */
	readonly isIdMade: boolean;
	readonly asked: BodyKeeper;
	readonly answered: BodyKeeper;
	/** The upstream's answer has begun. */
	readonly begin: (status: number, rawHeaders: readonly string[]) => void;
	/** The call is over. `errorKey` says what went wrong; the first word counts. */
	readonly finish: (errorKey?: string | null) => void;
	readonly isFinished: () => boolean;
};

/** A call that just came in. */
export const startCall = (request: IncomingMessage, {upstream, recorder, now, onFinish}: {
	readonly upstream: Upstream;
	readonly recorder: Recorder;
	readonly now: () => number;
	readonly onFinish: () => void;
}): Call => {
	const startedAt = now();
	const startedMs = performance.now();
	const {rawHeaders, method = 'GET'} = request;
	const path = upstreamPath(upstream, request.url ?? '/');
	const given = requestIdOf(rawHeaders);
	const requestId = given ?? makeId(idPrefixes.request, startedAt, Math.random);
	const settings = recorder.settings();
	const asked = createBodyKeeper(settings, rawHeader(rawHeaders, 'content-type') ?? '');
	const answered = createBodyKeeper(settings, null);
	let status: number | null = null;
	let responseHeaders: readonly string[] | null = null;
	let isFinished = false;

	return {
		request, path, requestId, asked, answered,
		isIdMade: given === null,
		isFinished: () => isFinished,
		begin(code, raw) {
			status = code;
			responseHeaders = raw;
		},
		finish(errorKey = null) {
			if (isFinished) return;
			isFinished = true;
			const exchange: Exchange = {
				id: makeId(idPrefixes.log, startedAt, Math.random),
				created_at: startedAt,
				method,
				url: upstream.origin + path,
				status,
				error_key: errorKey,
				request_duration: Math.round((performance.now() - startedMs) * 1000) / 1000,
				request_headers: headersOfRaw(rawHeaders),
				response_headers: responseHeaders === null ? null : headersOfRaw(responseHeaders),
				request_body: asked.kept(),
				response_body: answered.kept(),
				request_id: requestId,
			};
			recorder.record(exchange);
			onFinish();
		},
	};
};
