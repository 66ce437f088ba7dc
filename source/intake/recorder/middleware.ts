import {type IncomingMessage, type ServerResponse} from 'node:http';
import {pathPartsOf} from '../../domain/derive/endpoint.ts';
import {idPrefixes, makeId} from '../../domain/ids.ts';
import {createBodyKeeper, type BodyKeeper} from './body-keeper.ts';
import {type Exchange} from './exchange.ts';
import {type RecorderMiddleware, type RecorderOptions} from './published.ts';
import {headersOfRaw, rawHeader, requestIdOf} from './raw-headers.ts';
import {type Recorder} from './recorder.ts';
import {watchResponse} from './watch-response.ts';

/** What Express and connect add to a request. */
type RoutedRequest = IncomingMessage & {readonly originalUrl?: string; readonly baseUrl?: string; readonly route?: {readonly path?: unknown}; readonly body?: unknown};

/** The whole URL as the client asked for it, where it names a host. */
const urlOf = (request: RoutedRequest): string => {
	const path = request.originalUrl ?? request.url ?? '/';
	const {host} = request.headers;
	return host === undefined || !path.startsWith('/') ? path : `${'encrypted' in request.socket ? 'https' : 'http'}://${host}${path}`;
};

/** The name of an operation by its route in Express: `/v1/vouchers/:code` says which part is a parameter. */
const endpointOfRoute = (request: RoutedRequest): string | undefined => {
	const path = request.route?.path;
	if (typeof path !== 'string') {
		return undefined;
	}

	const names = [
		...pathPartsOf(request.baseUrl ?? '').map(({segment, parameter}) => parameter ?? segment),
		...path.split('/').filter(part => part !== ''),
	].map(name => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, ''));
	return [request.method ?? 'GET', ...names.filter(name => name !== '')].join('_');
};

/** Sees what arrives of a body, whoever reads it and however: the parser pushes each piece. */
const watchRequest = (request: RoutedRequest, keeper: BodyKeeper): void => {
	const push = request.push.bind(request);
	request.push = (chunk: unknown, encoding?: BufferEncoding) => {
		if (chunk instanceof Uint8Array) keeper.add(chunk);
		return push(chunk, encoding);
	};
};

/** A parser that stands before this one has read the body already. */
const readEarlier = ({body}: RoutedRequest, keeper: BodyKeeper): void => {
	if (keeper.kept() === null && body !== undefined && body !== null && (typeof body !== 'object' || Object.keys(body).length > 0)) {
		keeper.add(body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
	}
};

/** Middleware that records each call when its answer is out. */
export const createMiddleware = (recorder: Recorder, {ignore, describe}: RecorderOptions, report: (error: unknown) => void): RecorderMiddleware => {
	/** What the service's own functions throw costs only what they would have told. */
	const tryTo = <T>(tell: () => T): T | undefined => {
		try {
			return tell();
		} catch (error) {
			report(error);
			return undefined;
		}
	};

	const watch = (request: RoutedRequest, response: ServerResponse): void => {
		if (tryTo(() => ignore?.(request)) === true) {
			return;
		}

		const startedAt = Date.now();
		const startedMs = performance.now();
		const {rawHeaders} = request;
		const url = urlOf(request);
		const given = requestIdOf(rawHeaders);
		const requestId = given ?? makeId(idPrefixes.request, startedAt, Math.random);
		if (given === null) {
			request.headers['x-request-id'] = requestId;
			if (!response.headersSent) response.setHeader('X-Request-Id', requestId);
		}

		const settings = recorder.settings();
		const asked = createBodyKeeper(settings, rawHeader(rawHeaders, 'content-type') ?? '');
		const answered = createBodyKeeper(settings, null);
		watchRequest(request, asked);
		watchResponse(response, answered, ({status, headers, errorKey}) => {
			try {
				const facts = tryTo(() => {
					readEarlier(request, asked);
					const endpoint = endpointOfRoute(request);
					return {...(endpoint !== undefined && {endpoint}), ...describe?.(request, response)};
				});
				const exchange: Exchange = {
					id: makeId(idPrefixes.log, startedAt, Math.random),
					created_at: startedAt,
					method: request.method ?? 'GET',
					url,
					status,
					error_key: errorKey,
					request_duration: Math.round((performance.now() - startedMs) * 1000) / 1000,
					request_headers: headersOfRaw(rawHeaders),
					response_headers: headers,
					request_body: asked.kept(),
					response_body: answered.kept(),
					request_id: requestId,
					...(facts !== undefined && {facts}),
				};
				recorder.record(exchange);
			} catch (error) {
				report(error);
			}
		});
	};

	return (request, response, next) => {
		try {
			watch(request, response);
		} catch (error) {
			report(error);
		}

		next?.();
	};
};
