import assert from 'node:assert/strict';
import {test} from 'node:test';
import {inspect} from 'node:util';
import {readRecord} from '../../../source/store/query/read-record.ts';
import {readGaps, readSourceStates} from '../../../source/store/pull/pull-state.ts';
import {remoteExport, remoteLogs, remoteTask, type JsonObject, type SeenCall} from '../../helpers/voucherify-server.ts';
import {countOf, openPulling} from './pull-once.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();

const isList = ({method, path}: SeenCall, name: string): boolean => method === 'GET' && path === `/v1/${name}`;
const isDownload = ({query}: SeenCall): boolean => query.has('token');
const windowOf = ({body}: SeenCall): readonly [after: number, before: number] => {
	const {conditions} = ((body?.parameters as JsonObject).filters as Record<string, {conditions: Record<string, string[]>}>).created_at as {conditions: Record<string, string[]>};
	return [Date.parse(conditions.$after?.[0] ?? ''), Date.parse(conditions.$before?.[0] ?? '')];
};

test('a task that finishes later is asked for until it has, and shows its result; both shapes of failed are counted', async context => {
	const {server, store, pull} = await openPulling(context);
	const created_at = iso(Date.now() - 30 * dayMs);
	server.tasks.push(
		remoteTask({id: 'aa_running', created_at, status: 'IN_PROGRESS', operation_status: 'UNKNOWN', progress: 42, result: null, processing_time: null, updated_at: null}),
		remoteTask({id: 'aa_waiting', created_at: iso(Date.now()), status: 'ENQUEUED', operation_status: 'UNKNOWN', progress: 0, result: null}),
		remoteTask({id: 'aa_object', created_at, type: 'ORDERS.IMPORT', result: {message: 'x', failed: {source_id: 'o-1', reason: 'no'}, done_count: 4}}),
		remoteTask({id: 'aa_failed', created_at, status: 'FAILED', operation_status: 'FAILED', progress: 0, user: {id: 'user_1'}, result: {message: 'Deleted 0 vouchers.', done_count: 0}}),
		remoteTask({id: 'aa_bulk', created_at, result: {done_count: 2, failed_count: 1, reports: [], errors: [{message: 'Resource not found'}]}, user: {email: 'a@b.example'}}),
	);
	const first = await pull();
	assert.partialDeepStrictEqual(first.report.tasks, {added: 5, unfinished: 2, without_result: 0, error: null});
	const recordOf = async (id: string) => (await readRecord(store, 'tasks', id))?.record;
	assert.partialDeepStrictEqual(await recordOf('aa_running'), {status: 'in_progress', processing_status: 'unknown', progress: 42, result: null});
	assert.partialDeepStrictEqual(await recordOf('aa_waiting'), {status: 'scheduled'});
	assert.partialDeepStrictEqual(await recordOf('aa_object'), {status: 'done', done_count: 4, failed_count: 1, result: {failed: [{source_id: 'o-1', reason: 'no'}]}});
	assert.partialDeepStrictEqual(await recordOf('aa_failed'), {status: 'failed', processing_status: 'failure', error: 'Deleted 0 vouchers.', user: 'user_1'});
	assert.partialDeepStrictEqual(await recordOf('aa_bulk'), {done_count: 2, failed_count: 1, total_count: 3, user: 'a@b.example'});

	server.tasks[0] = remoteTask({id: 'aa_running', created_at, result: {message: 'done', done_count: 7}});
	server.calls.length = 0;
	const second = await pull();
	assert.partialDeepStrictEqual(second.report.tasks, {added: 0, changed: 1, unfinished: 1});
	assert.partialDeepStrictEqual(await recordOf('aa_running'), {status: 'done', processing_status: 'success', progress: 100, done_count: 7});
	assert.deepEqual(server.calls.filter(({path}) => path.startsWith('/v1/async-actions/')).map(({path}) => path.split('/').at(-1)).sort(), ['aa_running', 'aa_waiting']);

	server.tasks.splice(1, 1);
	await pull();
	assert.partialDeepStrictEqual(await recordOf('aa_waiting'), {status: 'failed', error: 'Voucherify no longer has it'});
	assert.equal(await countOf(store, 'pull_open_tasks'), 0);
});

test('429 is waited for: Retry-After first, else X-Rate-Limit-Retry, and the last call that is left is the last', async context => {
	const {server, store, pull} = await openPulling(context);
	server.logs.push(...remoteLogs(20, {days: 6, now: Date.now()}));
	const waits = new Set<number>();
	const seen: number[] = [];
	let calls = 0;
	server.faults.push(() => {
		calls++;
		seen.push(Date.now());
		switch (calls) {
			case 1: {
				return {status: 429, headers: {'retry-after': '1', 'x-rate-limit-retry': String(Math.floor(Date.now() / 1000) + 500)}};
			}

			case 3: {
				return {status: 429, headers: {'x-rate-limit-retry': String(Math.ceil(Date.now() / 1000) + 1), 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '0'}};
			}

			case 5: {
				return {status: 429, body: '{"code":429}'};
			}

			default: {
				return undefined;
			}
		}
	});
	const {report} = await pull({onWait: waiting => {
		if (waiting !== null) waits.add(waiting.until);
	}});
	assert.equal(report.logs.inserted, 20);
	assert.equal(await countOf(store, 'logs'), 20);
	const pauses = seen.map((at, index) => at - (seen[index - 1] ?? at));
	assert(pauses[1]! >= 950 && pauses[3]! >= 950 && pauses[5]! >= 950, pauses.join());
	assert.equal(waits.size, 3);
});

test('a limit that is used up for the day fails the pull with the time, and costs no further calls', async context => {
	const {server, store, pull} = await openPulling(context);
	server.faults.push(() => ({status: 429, headers: {'retry-after': '90000', 'x-rate-limit-type': 'api_calls_cycle'}}));
	await assert.rejects(pull(), {name: 'VoucherifyFault', message: /^the project takes no more calls until \d{4}-.*Z: the limit of the plan's cycle is used up$/});
	assert.equal(server.calls.length, 1);
	assert.deepEqual(await store.read(`SELECT status FROM tasks WHERE type = 'VOUCHERIFY.PULL'`), [{status: 'failed'}]);
});

test('results of finished tasks wait for the next pull when few calls are left', async context => {
	const {server, store, pull} = await openPulling(context);
	server.tasks.push(...Array.from({length: 9}, (_, index) => remoteTask({id: `aa_${index}`, created_at: iso(Date.now() - index * hourMs)})));
	let left = 14;
	server.faults.push(call => call.path.startsWith('/v1/async-actions/') ? {
		status: 200, headers: {'x-rate-limit-limit': '100', 'x-rate-limit-remaining': String(left--)}, body: JSON.stringify(server.tasks.find(({id}) => call.path.endsWith(String(id)))),
	} : undefined);
	const first = await pull();
	assert.partialDeepStrictEqual(first.report.tasks, {added: 9, without_result: 1, error: null});
	left = 90;
	assert.partialDeepStrictEqual((await pull()).report.tasks, {added: 0, without_result: 0});
	assert.equal(await countOf(store, 'tasks', `origin = 'voucherify' AND result IS NOT NULL`), 9);
});

test('500 and cut connections that pass cost nothing; one source that goes on failing leaves the others be', async context => {
	const {server, store, pull} = await openPulling(context);
	server.logs.push(...remoteLogs(30, {days: 6, now: Date.now()}));
	server.exports.push(remoteExport({id: 'exp_1', created_at: iso(Date.now())}));
	server.tasks.push(remoteTask({id: 'aa_1', created_at: iso(Date.now())}));
	let calls = 0;
	server.faults.push(call => !isList(call, 'async-actions') && calls++ % 4 === 0 ? {status: [500, 502, 503][calls % 3] ?? 500, body: '<html>', isCutOff: calls % 8 === 1} : undefined);
	server.faults.push(call => isList(call, 'async-actions') ? {status: 500, body: JSON.stringify({code: 500, message: 'planted', key: 'planted', request_id: 'v-12f8d882300a552fff'})} : undefined);
	const {task, report} = await pull();
	assert.partialDeepStrictEqual(report, {
		logs: {inserted: 30, gaps: [], error: null}, exports: {added: 1, error: null},
		tasks: {added: 0, error: 'Voucherify failed at the list of background tasks (500, request v-12f8d882300a552fff), pull again later'},
	});
	assert.equal(task.processing_status, 'failure');
	assert.match((await readSourceStates(store)).tasks.error ?? '', /failed at the list/);

	server.faults.length = 0;
	const again = await pull();
	assert.equal(again.report.tasks.added, 1);
	assert.equal(again.task.processing_status, 'success');
	assert.partialDeepStrictEqual((await readSourceStates(store)).tasks, {error: null, failedAt: null, added: 1});
});

test('a window whose export fails, or whose file is broken, is halved until it works', async context => {
	const {server, store, pull} = await openPulling(context);
	const now = Date.now();
	server.logs.push(...remoteLogs(300, {days: 6.9, now}));
	const csvOf = server.csvOf;
	// A file of more than 6 hours ends in the middle of a cell, and a day cannot even be asked for.
	server.csvOf = (rows, window) => window.before - window.after > 6 * hourMs ? csvOf(rows, window).trimEnd().slice(0, -5) : csvOf(rows, window);
	server.faults.push(call => {
		if (call.method !== 'POST') return undefined;
		const [after, before] = windowOf(call);
		return before - after > 0.9 * dayMs ? {status: 400, body: '{"code":400,"key":"query_too_large"}'} : undefined;
	});
	const {report} = await pull();
	assert.partialDeepStrictEqual(report.logs, {read: 300, inserted: 300, duplicates: 0, rejected: 0, gaps: [], error: null});
	assert.equal(await countOf(store, 'logs'), 300);
	assert.equal((await pull()).report.logs.inserted, 0);
});

test('what stays broken at the smallest window is a gap that is told, what is whole in it is kept, and the next pull fills it', async context => {
	const {server, store, pull} = await openPulling(context);
	const now = Date.now();
	const poison = now - 2 * dayMs - 5 * hourMs;
	const bad: JsonObject = {...remoteLogs(1, {days: 1, now, name: 'bad'})[0], created_at: iso(poison)};
	server.logs.push(...remoteLogs(300, {days: 6.9, now}), bad);
	const csvOf = server.csvOf;
	server.csvOf = (rows, window) => csvOf(rows.filter(({id}) => id !== bad.id), window) + (rows.some(({id}) => id === bad.id) ? 'log_bad_00000,"unclosed' : '');
	const {task, report} = await pull();
	assert.equal(report.logs.inserted, 300);
	assert.equal(report.logs.gaps.length, 1);
	const [gap] = report.logs.gaps;
	assert(Date.parse(gap?.from ?? '') <= poison && Date.parse(gap?.until ?? '') >= poison);
	assert(Date.parse(gap?.until ?? '') - Date.parse(gap?.from ?? '') < 30 * minuteMs);
	assert.match(gap?.error ?? '', /^the file is broken in line \d+: the file ends in a quoted cell$/);
	assert.equal(task.processing_status, 'failure');
	assert.equal((await readGaps(store)).length, 1);

	const still = await pull();
	assert.equal(still.report.logs.inserted, 0);
	assert.equal((await readGaps(store)).length, 1);
	server.csvOf = csvOf;
	assert.partialDeepStrictEqual((await pull()).report.logs, {inserted: 1, gaps: [], error: null});
	assert.deepEqual(await readGaps(store), []);
	assert.equal(await countOf(store, 'logs'), 301);
});

test('rejected rows are counted with their reasons and cost only themselves; an empty file is no logs', async context => {
	const {server, pull} = await openPulling(context);
	const now = Date.now();
	server.logs.push(...remoteLogs(30, {days: 6.9, now}));
	const csvOf = server.csvOf;
	server.csvOf = (rows, window) => window.before > now ? `${csvOf(rows, window)}log_x,not a date,200\n` : (window.before < now - 5 * dayMs ? '' : csvOf(rows, window));
	const {report} = await pull();
	assert.partialDeepStrictEqual(report.logs, {rejected: 1, gaps: [], error: null});
	assert.match(report.logs.rejections[0]?.reason ?? '', /cells where the heading has 14/);
	assert(report.logs.inserted > 15 && report.logs.inserted < 30);
});

test('when every export fails, pulling logs ends soon, and the next pull goes on', async context => {
	const {server, store, pull} = await openPulling(context);
	server.logs.push(...remoteLogs(40, {days: 6.9, now: Date.now()}));
	server.faults.push(call => call.method === 'GET' && /exports\/./.test(call.path) ? {status: 200, body: JSON.stringify({id: call.path.split('/').at(-1), status: 'ERROR', result: null})} : undefined);
	const {report} = await pull();
	assert.match(report.logs.error ?? '', /could not make the export/);
	assert.equal(report.logs.gaps.length, 3);
	assert(server.calls.length < 40, String(server.calls.length));
	server.faults.length = 0;
	assert.partialDeepStrictEqual((await pull()).report.logs, {inserted: 40, gaps: [], error: null});
	assert.deepEqual(await readGaps(store), []);
});

test('a list of tasks is read by end date to its end, whatever it leaves out, and does not go round', async context => {
	const {server, store, pull} = await openPulling(context);
	const now = Date.now();
	server.pageSize = 4;
	// Three of an instant, on both sides of the end of a page.
	server.tasks.push(...Array.from({length: 15}, (_, index) => remoteTask({id: `aa_${index}`, created_at: iso(now - Math.floor(index / 3) * dayMs)})));
	server.faults.push(call => {
		if (!isList(call, 'async-actions')) return undefined;
		const end = Date.parse(call.query.get('end_date') ?? '9999-01-01T00:00:00Z');
		const found = server.tasks.filter(task => Date.parse(String(task.created_at)) < end).slice(0, server.pageSize);
		return {status: 200, body: JSON.stringify({object: 'list', async_actions: found})};
	});
	assert.equal((await pull()).report.tasks.added, 15);
	assert.equal(await countOf(store, 'tasks', `origin = 'voucherify'`), 15);

	server.faults.length = 0;
	server.faults.push(call => isList(call, 'async-actions') ? {status: 200, body: JSON.stringify({async_actions: server.tasks.slice(0, 4), has_more: true})} : undefined);
	server.calls.length = 0;
	assert.equal((await pull()).report.tasks.added, 0);
	assert(server.calls.filter(call => isList(call, 'async-actions')).length <= 2);
});

test('--since reaches further back once, also when the pull that wanted it was stopped', async context => {
	const {server, store, pull} = await openPulling(context);
	const now = Date.now();
	server.logs.push(...remoteLogs(100, {days: 20, now}));
	assert.equal((await pull()).report.logs.inserted, 35);
	const stopping = new AbortController();
	let posts = 0;
	server.faults.push(call => {
		if (call.method === 'POST' && ++posts === 4) stopping.abort(new Error('stopped'));
		return undefined;
	});
	await assert.rejects(pull({since: now - 15 * dayMs, signal: stopping.signal}), {message: 'stopped'});
	const partly = await countOf(store, 'logs');
	assert(partly > 35 && partly < 75, String(partly));
	server.faults.length = 0;
	await pull();
	assert.equal(await countOf(store, 'logs'), 75);
	server.calls.length = 0;
	assert.equal((await pull({since: now - 15 * dayMs})).report.logs.inserted, 0);
	assert.equal(server.calls.filter(({method}) => method === 'POST').length, 1);
});

for (const [which, skewMs] of [['ahead', 2 * hourMs], ['behind', -2 * hourMs]] as const) {
	test(`a clock of this machine that is two hours ${which} loses no log`, async context => {
		const {server, store, pull} = await openPulling(context);
		const now = () => Date.now() + skewMs;
		server.logs.push({...remoteLogs(1, {days: 1, now: Date.now()})[0], id: 'log_1', created_at: iso(Date.now() - minuteMs)});
		await pull({now});
		assert.equal(await countOf(store, 'logs'), 1);
		server.logs.push({...server.logs[0], id: 'log_2', created_at: iso(Date.now() - 1000)});
		await pull({now});
		assert.equal(await countOf(store, 'logs'), 2);
	});
}

test('exports that pulls made are nobody\'s, also those of another installation; new ones on later pages are found', async context => {
	const {server, store, pull} = await openPulling(context);
	const now = Date.now();
	server.pageSize = 2;
	const own = {order: 'created_at', fields: ['id'], filters: {junction: 'and', channel: {conditions: {$not_in: ['auditty']}}}};
	server.exports.push(
		remoteExport({id: 'exp_other', created_at: iso(now - hourMs), exported_object: 'api_log', parameters: own}),
		remoteExport({id: 'exp_mine', created_at: iso(now - 2 * hourMs), exported_object: 'api_log', parameters: {order: '', fields: ['id', 'status'], filters: {junction: 'and', status: {conditions: {$is: ['400']}}, created_at: {conditions: {$after: ['2026-09-01T00:00:00Z']}}, channel: {conditions: {$not_in: ['API', 'Java SDK']}}}}}),
		remoteExport({id: 'exp_odd', created_at: iso(now - 3 * hourMs), status: 'ERROR', exported_object: 'customer', parameters: {filters: {junction: 'or', name: {conditions: {$contains: ['x']}}, city: {conditions: {$is: ['y']}}}}}),
	);
	assert.equal((await pull()).report.exports.added, 2);
	assert.partialDeepStrictEqual((await readRecord(store, 'exports', 'exp_mine'))?.record, {query: 'status:400 since:2026-09-01T00:00:00Z -channel:API,"Java SDK"', order: null, status: 'done'});
	assert.partialDeepStrictEqual((await readRecord(store, 'exports', 'exp_odd'))?.record, {query: 'name $contains x or city $is y', status: 'error'});
	// Each pull makes exports of its own before the older ones.
	for (let index = 0; index < 3; index++) await pull();
	server.exports.push(remoteExport({id: 'exp_new', created_at: iso(Date.now() - 1000)}), remoteExport({id: 'exp_late', created_at: iso(Date.now()), status: 'IN_PROGRESS'}));
	assert.equal((await pull()).report.exports.added, 2);
	server.exports[server.exports.findIndex(({id}) => id === 'exp_late')] = remoteExport({id: 'exp_late', created_at: iso(Date.now())});
	assert.partialDeepStrictEqual((await pull()).report.exports, {added: 0, changed: 1});
	assert.deepEqual((await store.read('SELECT id, status FROM exports ORDER BY id')).map(({id, status}) => `${id} ${status}`), ['exp_late done', 'exp_mine done', 'exp_new done', 'exp_odd error']);
});

test('a file that is moved to another host is asked for there without keys, and none by plain http', async context => {
	const {server, pull} = await openPulling(context);
	server.logs.push(...remoteLogs(5, {days: 0.5, now: Date.now()}));
	server.faults.push(call => isDownload(call) && !call.path.endsWith('moved') ? {status: 302, headers: {location: '/v1/exports/moved?token=again'}} : undefined);
	server.faults.push(call => call.path.endsWith('moved') ? {status: 200, headers: {'content-type': 'text/csv'}, body: server.csvOf(server.logs, {after: 0, before: 0})} : undefined);
	assert.equal((await pull()).report.logs.inserted, 5);
	server.faults.length = 0;
	server.faults.push(call => isDownload(call) ? {status: 302, headers: {location: 'http://elsewhere.example/file?token=planted'}} : undefined);
	const {report} = await pull();
	assert.match(report.logs.gaps[0]?.error ?? '', /^the file of an export is at http:\/\/elsewhere\.example, which auditty does not ask/);
	assert.doesNotMatch(JSON.stringify(report), /planted/);
});

test('whatever an error of the server holds, nothing of it is told or stored', async context => {
	const {server, store, pull} = await openPulling(context);
	server.logs.push(...remoteLogs(5, {days: 0.9, now: Date.now()}));
	server.tasks.push(remoteTask({id: 'aa_1', created_at: iso(Date.now()), result: {message: 'm', failed: [{reason: 'x', password: 'planted-password'}], reports: ['https://reports.example.com/a?token=planted-report-token']}}));
	server.exports.push(remoteExport({id: 'exp_1', created_at: iso(Date.now()), parameters: {filters: {junction: 'and', url: {conditions: {$contains: ['https://user:planted-url@shop.example/']}}}}}));
	const text = 'planted-in-error';
	const bodies = [
		JSON.stringify({code: 400, key: text, message: `${text} ${server.secretKey}`, details: text, request_id: text, error: {message: text}}), `<html>${text}</html>`, text, `"${text}"`, `{"key":["${text}"]}`,
	];
	const told: string[] = [];
	for (const status of [400, 401, 402, 403, 404, 409, 418, 429, 500, 503, 200, 302]) {
		for (const [index, body] of bodies.entries().filter(([at]) => (at + status) % 2 === 0)) {
			let calls = 0;
			server.faults[0] = () => calls++ >= index && calls < (status === 429 ? index + 2 : 30) ? {status, headers: {'retry-after': '0', 'x-error': text, location: `https://127.0.0.1:1/${text}`}, body} : undefined;
			told.push(await pull().then(({report}) => JSON.stringify(report), (error: unknown) => inspect(error)));
		}
	}

	server.faults.length = 0;
	await pull();
	assert.equal(await countOf(store, 'logs'), 5);
	for (const table of ['logs', 'log_contents', 'tasks', 'exports', 'jobs', 'pull_sources', 'pull_gaps', 'pull_open_tasks', 'pull_own_exports', 'settings']) {
		told.push(JSON.stringify(await store.read(`SELECT * FROM ${table}`)));
	}

	assert.doesNotMatch(told.join('\n'), /planted/);
});
