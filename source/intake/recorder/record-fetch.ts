import {idPrefixes, makeId} from '../../domain/ids.ts';
import {type Headers as RecordedHeaders} from '../../domain/records.ts';
import {createBodyKeeper, type BodyKeeper} from './body-keeper.ts';
import {failureOf} from './failure.ts';
import {type KeptBody} from './exchange.ts';
import {headersOfRaw} from './raw-headers.ts';
import {type Recorder} from './recorder.ts';

type Outcome = {readonly status: number | null; readonly headers: RecordedHeaders | null; readonly body: KeptBody | null; readonly errorKey: string | null};

const headersOf = (headers: Headers): RecordedHeaders => headersOfRaw([...headers].flat());

/** A body that lies ready; one that is a stream is left to its receiver. */
const readyBody = (body: unknown): Uint8Array | null => {
	if (typeof body === 'string') return Buffer.from(body);
	if (body instanceof URLSearchParams) return Buffer.from(body.toString());
	if (body instanceof ArrayBuffer) return new Uint8Array(body);
	return ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : null;
};

const failureKey = (error: unknown): string => {
	const name = error instanceof Error ? error.name : '';
	return name === 'AbortError' ? 'client_aborted' : name === 'TimeoutError' ? 'upstream_timeout' : failureOf(error).key;
};

/**
 * Reads a copy of the answer up to the limit, and no further: beyond it, what the service has not read yet would pile up.
 * Then the size is what the server announced, else what was seen.
 */
const readCopy = async (response: Response, keeper: BodyKeeper, limit: number): Promise<{readonly body: KeptBody | null; readonly errorKey: string | null}> => {
	let seen = 0;
	try {
		const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
		for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
			keeper.add(part.value);
			seen += part.value.length;
			if (seen > limit) {
				// Not awaited: the copy's end waits for that of the original.
				void reader?.cancel().catch(() => undefined);
				break;
			}
		}
	} catch (error) {
		return {body: decoded(keeper.kept(), seen), errorKey: failureKey(error) === 'client_aborted' ? 'client_aborted' : 'upstream_cut_off'};
	}

	const announced = response.headers.has('content-encoding') ? Number.NaN : Number(response.headers.get('content-length') ?? Number.NaN);
	return {body: decoded(keeper.kept(), Number.isSafeInteger(announced) ? announced : seen), errorKey: null};
};

/** `fetch` has undone the encoding that the headers still name. */
const decoded = (body: KeptBody | null, size: number): KeptBody | null => body === null ? null : {...body, size: Math.max(size, body.bytes.length), isDecoded: true};

/** A `fetch` whose calls are recorded. What it resolves or rejects with is what the original does. */
export const recordFetch = (recorder: Recorder, original: typeof fetch, report: (error: unknown) => void): typeof fetch => async (input, init) => {
	const startedAt = Date.now();
	const startedMs = performance.now();

	const record = ({status, headers, body, errorKey}: Outcome): void => {
		try {
			const asked = input instanceof Request ? input : null;
			const settings = recorder.settings();
			const given = new Headers(init?.headers ?? asked?.headers);
			const ready = readyBody(init?.body);
			if (init?.body instanceof URLSearchParams && !given.has('content-type')) given.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
			const keeper = createBodyKeeper(settings, given.get('content-type') ?? '');
			if (ready !== null) keeper.add(ready);
			recorder.record({
				id: makeId(idPrefixes.log, startedAt, Math.random),
				created_at: startedAt,
				method: (init?.method ?? asked?.method ?? 'GET').toUpperCase(),
				url: input instanceof Request ? input.url : input.toString(),
				status,
				error_key: errorKey,
				request_duration: Math.round((performance.now() - startedMs) * 1000) / 1000,
				request_headers: headersOf(given),
				response_headers: headers,
				request_body: keeper.kept(),
				response_body: body,
				request_id: null,
			});
		} catch (error) {
			report(error);
		}
	};

	let response: Response;
	try {
		response = await original(input, init);
	} catch (error) {
		record({status: null, headers: null, body: null, errorKey: failureKey(error)});
		throw error;
	}

	try {
		const {status} = response;
		const headers = headersOf(response.headers);
		const {bodyLimit} = recorder.settings();
		const keeper = createBodyKeeper(recorder.settings(), null);
		void readCopy(response.clone(), keeper, bodyLimit).then(end => record({status, headers, ...end}), report);
	} catch (error) {
		report(error);
	}

	return response;
};
