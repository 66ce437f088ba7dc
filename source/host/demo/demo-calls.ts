import {sampleSource} from '../../services/sample/sample-source.ts';
import {type SourceLog} from '../../domain/derive/source-log.ts';

/** A call of the sample project, to be made once more. */
export type DemoCall = {
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | null;
	readonly answer: {readonly status: number; readonly body: string; readonly delayMs: number};
};

const longestDelayMs = 2500;

const toCall = (log: SourceLog): DemoCall => ({
	method: log.method ?? 'GET',
	path: log.url ?? '/',
	headers: {
		...(log.request_body !== null && log.request_body !== undefined && {'content-type': 'application/json'}),
		...(log.app_id && {'x-app-id': log.app_id}),
		...(log.client_app_id && {'x-client-application-id': log.client_app_id}),
		...(log.channel && {'x-voucherify-channel': log.channel}),
	},
	body: log.request_body ?? null,
	answer: {status: log.status ?? 502, body: log.response_body ?? '', delayMs: Math.min(log.request_duration ?? 50, longestDelayMs)},
});

const isUsable = ({method, url, status, request_headers: headers}: SourceLog): boolean =>
	Boolean(method) && url?.startsWith('/') === true && (status ?? 0) >= 200 && !JSON.stringify(headers ?? {}).includes('multipart/');

/** The newest calls of the sample project as of now, oldest first. */
export const readDemoCalls = async ({directory, until, most}: {readonly directory: string; readonly until: number; readonly most: number}): Promise<readonly DemoCall[]> => {
	const calls: DemoCall[] = [];
	for await (const batch of (await sampleSource({directory, until})).items) {
		calls.push(...batch.flatMap(item => item.kind === 'log' && isUsable(item.log) ? [toCall(item.log)] : []));
	}

	return calls.slice(-most);
};
