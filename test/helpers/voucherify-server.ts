import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {type AddressInfo} from 'node:net';
import {text as textOf} from 'node:stream/consumers';
import {type TestContext} from 'node:test';
import {stringify} from 'csv-stringify/sync';

export type JsonObject = Readonly<Record<string, unknown>>;

/** A call as the server saw it. */
export type SeenCall = {readonly method: string; readonly path: string; readonly query: URLSearchParams; readonly headers: IncomingMessage['headers']; readonly body: JsonObject | null};

/** Answers in place of the server; undefined leaves the call to it. */
export type Fault = (call: SeenCall) => {readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string; readonly isCutOff?: boolean} | undefined;

export type VoucherifyServer = {
	readonly url: string;
	readonly appId: string;
	readonly secretKey: string;
	/** What `pull` needs to find it. */
	readonly environment: Readonly<Record<string, string>>;
	/** Rows of the log, tasks (as single answers give them) and exports; a test changes them at will. */
	readonly logs: JsonObject[];
	readonly tasks: JsonObject[];
	readonly exports: JsonObject[];
	/** Files of exports by ID. */
	readonly files: Map<string, string>;
	readonly calls: SeenCall[];
	/** Asked in order for every call. */
	readonly faults: Fault[];
	/** Awaited before a call is answered. */
	holdUp: (call: SeenCall) => Promise<void> | undefined;
	/** How often an export is asked for until it is done. */
	pollsUntilDone: number;
	/** The most that a page holds, whatever is asked for. */
	pageSize: number;
	/** Makes the CSV of logs; a test breaks it here. */
	csvOf: (rows: readonly JsonObject[], window: {readonly after: number; readonly before: number}) => string;
	readonly close: () => Promise<void>;
};

const columns = ['id', 'created_at', 'status', 'request_id', 'channel', 'method', 'endpoint', 'url', 'user_email', 'app_id', 'client_app_id', 'request_duration', 'request_body', 'response_body'];

const at = (item: JsonObject): number => Date.parse(String(item.created_at));
const newestFirst = (items: readonly JsonObject[]): JsonObject[] => items.toSorted((a, b) => at(b) - at(a));

const operand = (parameters: JsonObject, field: string, operator: string): string[] =>
	((parameters.filters as Record<string, {conditions?: Record<string, string[]>}> | undefined)?.[field]?.conditions?.[operator]) ?? [];

/** What a list says of a task: neither its result nor who started it. */
const listed = ({result: _, user: __, log_id: ___, ...task}: JsonObject): JsonObject => task;

/** A server with the documented endpoints of a Voucherify project; it ends with the test. */
export const startVoucherifyServer = async (context: Pick<TestContext, 'after'>): Promise<VoucherifyServer> => {
	const appId = '7c1d0a52-8f3e-4b0e-9a57-2f6c5b0d91e4';
	const secretKey = '0e2f1c66-1111-4222-8333-planted-secret';
	const token = 'planted-download-token';
	const polls = new Map<string, number>();
	let made = 0;

	const answerExports = (call: SeenCall, id: string | undefined): JsonObject | string | null => {
		if (call.method === 'POST') {
			const parameters = call.body?.parameters as JsonObject;
			const record = {
				id: `exp_${String(++made).padStart(24, 'A')}`, object: 'export', created_at: new Date().toISOString(), status: 'SCHEDULED', channel: 'API',
				exported_object: call.body?.exported_object, parameters, result: null, user_id: null,
			};
			server.exports.push(record);
			polls.set(record.id, server.pollsUntilDone);
			return record;
		}

		if (id === undefined) {
			const limit = Math.min(Number(call.query.get('limit') ?? 10), server.pageSize);
			const start = (Number(call.query.get('page') ?? 1) - 1) * limit;
			return {object: 'list', data_ref: 'exports', exports: newestFirst(server.exports).slice(start, start + limit), total: server.exports.length};
		}

		const index = server.exports.findIndex(item => item.id === id);
		const record = server.exports[index];
		if (record === undefined) return null;
		if (call.query.get('token') === token) {
			const file = server.files.get(id);
			if (file !== undefined) return file;
			const parameters = record.parameters as JsonObject;
			const after = Date.parse(operand(parameters, 'created_at', '$after')[0] ?? '1970-01-01');
			const before = Date.parse(operand(parameters, 'created_at', '$before')[0] ?? '9999-01-01');
			const without = operand(parameters, 'channel', '$not_in');
			return server.csvOf(server.logs.filter(log => at(log) > after && at(log) < before && !without.includes(String(log.channel))), {after, before});
		}

		const left = (polls.get(id) ?? 0) - 1;
		if (polls.has(id) && record.status !== 'DONE') {
			polls.set(id, left);
			server.exports[index] = left <= 0 ? {...record, status: 'DONE', result: {url: `${server.url}/v1/exports/${encodeURIComponent(id)}?token=${token}`}} : {...record, status: 'IN_PROGRESS'};
		} else if (record.status === 'DONE') {
			server.exports[index] = {...record, result: {url: `${server.url}/v1/exports/${encodeURIComponent(id)}?token=${token}`}};
		}

		return server.exports[index] ?? null;
	};

	const answerTasks = (call: SeenCall, id: string | undefined): JsonObject | null => {
		if (id !== undefined) return server.tasks.find(task => task.id === id) ?? null;
		const end = Date.parse(call.query.get('end_date') ?? '9999-01-01T00:00:00Z');
		const found = newestFirst(server.tasks).filter(task => at(task) <= end);
		const limit = Math.min(Number(call.query.get('limit') ?? 10), server.pageSize);
		return {object: 'list', data_ref: 'async_actions', async_actions: found.slice(0, limit).map(listed), has_more: found.length > limit};
	};

	const send = (response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => {
		response.writeHead(status, {'content-type': 'application/json', ...headers});
		response.end(body);
	};

	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? '', 'http://localhost');
		const body = await textOf(request);
		const call: SeenCall = {method: request.method ?? '', path: url.pathname, query: url.searchParams, headers: request.headers, body: body === '' ? null : JSON.parse(body) as JsonObject};
		server.calls.push(call);
		await server.holdUp(call);
		for (const fault of server.faults) {
			const given = fault(call);
			if (given === undefined) continue;
			if (given.isCutOff === true) {
				response.writeHead(given.status, {'content-type': 'text/csv', 'content-length': String((given.body ?? '').length + 1000)});
				response.write(given.body ?? '', () => response.destroy());
				return;
			}

			send(response, given.status, given.body ?? '{}', given.headers);
			return;
		}

		if (call.headers['x-app-id'] !== appId || call.headers['x-app-token'] !== secretKey) {
			send(response, 401, JSON.stringify({code: 401, message: `Unauthorized ${String(call.headers['x-app-token'])}`, key: 'unauthorized'}));
			return;
		}

		const [, , resource, id] = url.pathname.split('/').map(decodeURIComponent);
		const found = resource === 'exports' ? answerExports(call, id) : (resource === 'async-actions' ? answerTasks(call, id) : null);
		if (found === null) send(response, 404, JSON.stringify({code: 404, key: 'not_found', message: 'Resource not found', request_id: 'v-12f8d931f8189572a7'}));
		else if (typeof found === 'string') send(response, 200, found, {'content-type': 'text/csv'});
		else send(response, 200, JSON.stringify(found));
	};

	const http = createServer((request, response) => void answer(request, response));
	await new Promise<void>(resolve => {
		http.listen(0, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
	const server: VoucherifyServer = {
		url, appId, secretKey,
		environment: {VOUCHERIFY_HOST: url, VOUCHERIFY_APP_ID: appId, VOUCHERIFY_SECRET_KEY: secretKey},
		logs: [], tasks: [], exports: [], files: new Map(), calls: [], faults: [], holdUp: () => undefined, pollsUntilDone: 1, pageSize: 100,
		csvOf: rows => stringify(rows.map(row => columns.map(column => row[column] ?? '')), {header: true, columns}),
		close: async () => new Promise(resolve => {
			http.closeAllConnections();
			http.close(() => resolve());
		}),
	};
	context.after(server.close);
	return server;
};

/** So many logs of the last `days`, evenly. */
export const remoteLogs = (count: number, {days, now, name = 'a'}: {readonly days: number; readonly now: number; readonly name?: string}): readonly JsonObject[] =>
	Array.from({length: count}, (_, index) => ({
		id: `log_${name}_${String(index).padStart(5, '0')}`, created_at: new Date(now - Math.floor((index + 0.5) * days * 86_400_000 / count)).toISOString(), status: index % 10 === 3 ? 400 : 200,
		request_id: `v-${String(index).padStart(18, '0')}`, channel: 'API', method: 'POST', endpoint: 'POST_v1_redemptions', url: '/v1/redemptions', app_id: 'app-1',
		request_duration: 20 + index, request_body: `{"order":${index},\n"note":"a \\"quoted\\", value"}`, response_body: index % 10 === 3 ? '{"code":400,"key":"quantity_exceeded"}' : '{"result":"SUCCESS"}',
	}));

export const remoteTask = (given: JsonObject & {readonly id: string; readonly created_at: string}): JsonObject => ({
	type: 'VOUCHERS.IMPORT_CSV', status: 'DONE', operation_status: 'SUCCESS', updated_at: given.created_at, request_id: 'v-12f8e88ad1101499dd', processing_time: 913, progress: 100,
	result: {message: '2 voucher(s) imported successfully, 1 failed.', failed: [{code: 'FALL-0002', row: 2, reason: 'Voucher Type is required'}], done_count: 2, failed_count: 1},
	user: null, log_id: 'log_12f8e88ad2d18ed4cb', object: 'async_action', ...given,
});

export const remoteExport = (given: JsonObject & {readonly id: string; readonly created_at: string}): JsonObject => ({
	object: 'export', status: 'DONE', channel: 'WEBSITE', exported_object: 'voucher', result: null, user_id: 'user_pT1rWkhYJIcKoBrPLH6NLsGbRNOdC6di',
	parameters: {order: '-created_at', fields: ['code', 'value'], filters: {}}, ...given,
});
