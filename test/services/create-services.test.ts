import assert from 'node:assert/strict';
import {test, type TestContext} from 'node:test';
import {UsageFault, Fault} from '../../source/domain/fault.ts';
import {type Log} from '../../source/domain/records.ts';
import {createServices} from '../../source/services/create-services.ts';
import {type Services} from '../../source/services/services.ts';
import {insertLogs} from '../../source/store/logs/insert-logs.ts';
import {insertRecord} from '../../source/store/query/stored-record.ts';
import {createTask} from '../../source/store/tasks/create-task.ts';
import {type Store} from '../../source/store/store.ts';
import {makeLog} from '../helpers/make-log.ts';
import {storeKinds, temporaryStore, type StoreKind} from '../helpers/temporary-store.ts';

const now = Date.UTC(2026, 10, 22, 22);
const hour = 3_600_000;

const openOn = async (kind: StoreKind, context: TestContext, logs: readonly Log[]): Promise<{services: Services; store: Store}> => {
	const store = await temporaryStore(context, kind);
	await insertLogs(store, logs, {storedAt: now});
	return {store, services: createServices({store, dataDirectory: '/nowhere', now: () => now})};
};

const ids = (page: {rows: ReadonlyArray<{summary: {id: string}}>}): readonly string[] => page.rows.map(row => row.summary.id);

for (const kind of storeKinds) {
	const open = (context: TestContext, logs: readonly Log[] = []) => openOn(kind, context, logs);

	test(`${kind}: a log comes back exactly as it went in, whatever its text holds`, async context => {
		const hostile = 'NUL \0, lone \uD800 and \uDFFF, mark \uE0000041 \uE000, 😀, \u202E, "\\';
		const log = makeLog({
			id: 'log_hostile', customer: hostile, url: hostile, request_body: hostile, response_body: '['.repeat(3000) + ']'.repeat(3000),
			request_headers: {'x-odd': [hostile, '']}, response_headers: {}, request_duration: 0.5,
		});
		const {services} = await open(context, [log]);
		const found = await services.record({tab: 'logs', id: 'log_hostile'});
		assert.deepEqual(found?.record, log);
		const page = await services.page({tab: 'logs', query: '', direction: 'older', limit: 1, withContent: true});
		assert.deepEqual(page.rows[0]?.summary, log);
	});

	test(`${kind}: logs that are stored again add nothing and change nothing`, async context => {
		const {services, store} = await open(context, [makeLog({id: 'log_1', request_body: 'first'})]);
		const again = await insertLogs(store, [makeLog({id: 'log_1', request_body: 'second'}), makeLog({id: 'log_2'}), makeLog({id: 'log_2'})], {storedAt: now});
		assert.deepEqual(again, {inserted: 1, duplicates: 2});
		const found = await services.record({tab: 'logs', id: 'log_1'});
		assert.equal((found?.record as Log).request_body, 'first');
	});

	test(`${kind}: pages go both ways from any place and any time, and lose no record of the same instant`, async context => {
		const logs = Array.from({length: 30}, (_, index) => makeLog({id: `log_${String(index).padStart(2, '0')}`, created_at: now - hour + Math.floor(index / 10)}));
		const {services} = await open(context, logs);
		const all = logs.map(log => log.id).toReversed();
		for (const direction of ['older', 'newer'] as const) {
			const seen: string[] = [];
			let from: {at: number; seq: number} | null | undefined;
			while (from !== null) {
				const page = await services.page({tab: 'logs', query: '', direction, limit: 7, ...(from === undefined ? {} : {from})});
				seen.push(...ids(page));
				from = page.next;
			}

			assert.deepEqual(seen, direction === 'older' ? all : all.toReversed());
		}

		const middle = now - hour + 1;
		assert.deepEqual(ids(await services.page({tab: 'logs', query: '', direction: 'older', from: {at: middle}, limit: 1})), ['log_19']);
		assert.deepEqual(ids(await services.page({tab: 'logs', query: '', direction: 'newer', from: {at: middle}, limit: 1})), ['log_10']);
	});

	test(`${kind}: a list begins with its default range, unless asked without`, async context => {
		const {services} = await open(context, [makeLog({id: 'log_old', created_at: now - 48 * hour}), makeLog({id: 'log_new', created_at: now - hour})]);
		assert.deepEqual(ids(await services.page({tab: 'logs', query: '', direction: 'older', limit: 9})), ['log_new']);
		assert.deepEqual(ids(await services.page({tab: 'logs', query: '', direction: 'older', limit: 9, isWithoutDefault: true})), ['log_new', 'log_old']);
		assert.deepEqual(ids(await services.page({tab: 'logs', query: 'id:log_old', direction: 'older', limit: 9})), ['log_old']);
		assert.deepEqual(ids(await services.page({tab: 'logs', query: '', isWithoutDefault: true, and: 'until:24h', direction: 'older', limit: 9})), ['log_old']);
		await assert.rejects(services.page({tab: 'logs', query: 'nonsense:1', direction: 'older', limit: 9}), UsageFault);
	});

	test(`${kind}: records that arrive are followed by their arrival, also those of an earlier time`, async context => {
		const {services, store} = await open(context, [makeLog({id: 'log_1', created_at: now - hour})]);
		const ask = (arrivedAfter: number | null) => services.page({tab: 'logs', query: 'channel:API', direction: 'newer', limit: 10, arrivedAfter});
		const begin = await ask(null);
		assert.deepEqual(ids(begin), []);
		await insertLogs(store, [makeLog({id: 'log_2', created_at: now - 2 * hour}), makeLog({id: 'log_3', channel: 'Dashboard'}), makeLog({id: 'log_4', created_at: now - 3 * hour})], {storedAt: now});
		const next = await ask(begin.next!.seq);
		assert.deepEqual(ids(next), ['log_2', 'log_4']);
		const last = await ask(next.next!.seq);
		assert.deepEqual([ids(last), last.next?.seq], [[], next.next?.seq]);
	});

	test(`${kind}: a body of a megabyte is whole`, async context => {
		const {services} = await open(context, [makeLog({id: 'log_1', request_body: 'x'.repeat(1_048_576), response_body: '\u0001'.repeat(100_000)})]);
		const found = await services.record({tab: 'logs', id: 'log_1'});
		assert.equal((found?.record as Log).request_body?.length, 1_048_576);
		assert.equal((found?.record as Log).response_body, '\u0001'.repeat(100_000));
		assert.equal(found?.cut, undefined);
		assert.equal(await services.record({tab: 'logs', id: 'log_none'}), null);
	});

	test(`${kind}: counts stop at their cap and add up over calls`, async context => {
		const logs = Array.from({length: 250}, (_, index) => makeLog({id: `log_${index}`, created_at: now - hour - index, outcome: index % 3 === 0 ? 'failure' : 'success', request_body: index % 2 === 0 ? 'Zażółć' : null}));
		const {services} = await open(context, logs);
		const countAll = async (query: string): Promise<number> => {
			let sum = 0;
			for (let from: {at: number; seq: number} | null | undefined; from !== null;) {
				const count = await services.count({tab: 'logs', query, cap: 1000, ...(from === undefined ? {} : {from})});
				sum += count.count;
				from = count.next;
			}

			return sum;
		};

		assert.equal(await countAll(''), 250);
		assert.equal(await countAll('status:failure'), 84);
		assert.equal(await countAll('request:ZAŻÓŁĆ -status:failure'), 83);
		assert.deepEqual(await services.count({tab: 'logs', query: '', cap: 100}), {count: 100, isCapped: true, next: null});
	});

	test(`${kind}: the form is offered the values that occur, keys by their names`, async context => {
		const {services} = await open(context, [
			makeLog({id: 'log_1', channel: 'API', app_id: 'key-1', status: 200}), makeLog({id: 'log_2', channel: 'Dashboard', app_id: 'key-2', status: 404, outcome: 'failure'}),
			makeLog({id: 'log_3', channel: null}),
		]);
		await services.setSetting({key: 'keys.key-2', value: 'Shop backend'});
		assert.deepEqual(await services.facets({tab: 'logs', key: 'channel', limit: 10}), [{value: 'API'}, {value: 'Dashboard'}]);
		assert.deepEqual(await services.facets({tab: 'logs', key: 'channel', contains: 'DASH', limit: 10}), [{value: 'Dashboard'}]);
		assert.deepEqual(await services.facets({tab: 'logs', key: 'server_key', contains: 'shop', limit: 10}), [{value: 'key-2', label: 'Shop backend'}]);
		assert.deepEqual((await services.facets({tab: 'logs', key: 'status', limit: 10})).map(facet => facet.value), ['failure', 'success', '200', '404']);
		assert.deepEqual(ids(await services.page({tab: 'logs', query: 'server_key:"Shop backend"', isWithoutDefault: true, direction: 'older', limit: 9})), ['log_2']);
		await assert.rejects(services.facets({tab: 'logs', key: 'nonsense', limit: 10}), UsageFault);
	});

	test(`${kind}: the timeline holds each record of the range once, failures apart`, async context => {
		const logs = Array.from({length: 240}, (_, index) => makeLog({id: `log_${index}`, created_at: now - 24 * hour + (index * hour / 10), outcome: index % 10 === 0 ? 'failure' : 'success', response_body: index < 30 ? 'rare' : null}));
		const {services} = await open(context, logs);
		const sums = async (query: string) => {
			const {buckets, isPartial, from, before} = await services.timeline({tab: 'logs', query, buckets: 24});
			assert.deepEqual([isPartial, before - from, buckets.length], [false, 24 * hour, 24]);
			return [buckets.reduce((sum, bucket) => sum + bucket.total, 0), buckets.reduce((sum, bucket) => sum + bucket.failures, 0)];
		};

		assert.deepEqual(await sums('since:24h'), [240, 24]);
		assert.deepEqual(await sums('since:24h status:failure'), [24, 24]);
		assert.deepEqual(await sums('since:24h response:RARE'), [30, 3]);
		assert.deepEqual(await sums('since:24h channel:none-such'), [0, 0]);
	});

	test(`${kind}: a record leads to those that belong to it, and back`, async context => {
		const {services, store} = await open(context, [makeLog({id: 'log_1', request_id: 'v-1', task_id: 'aa_1'}), makeLog({id: 'log_2', request_id: 'v-2'})]);
		await store.write([
			...insertRecord('tasks', {
				id: 'aa_1', type: 'VOUCHERS.IMPORT', status: 'in_progress', processing_status: 'unknown', progress: 5, done_count: 0, failed_count: 2, total_count: null,
				processing_time: null, created_at: now, updated_at: null, user: null, request_id: 'v-1', log_id: 'log_1', export_id: null, origin: 'voucherify', parameters: null, result: {a: 1}, error: null,
			}),
			...insertRecord('sendouts', {
				id: 'whs_1', status: 'failed', type: 'redemption.failed', event_id: 'evt_1', request_id: 'v-1', source_id: 'wh_1', target_url: null, created_at: now,
				sent_at: null, attempts: 0, next_attempt_at: null, error: null, data: {b: [2]}, attempt_log: [],
			}),
		]);
		const related = async (tab: 'logs' | 'tasks' | 'sendouts', id: string) => (await services.related({tab, id})).map(one => [one.id, one.isFailure]);
		assert.deepEqual(await related('logs', 'log_1'), [['aa_1', true], ['whs_1', true]]);
		assert.deepEqual(await related('tasks', 'aa_1'), [['log_1', false], ['whs_1', true]]);
		assert.deepEqual(await related('sendouts', 'whs_1'), [['log_1', false], ['aa_1', true]]);
		assert.deepEqual(await related('logs', 'log_2'), []);
		const sendout = await services.record({tab: 'sendouts', id: 'whs_1'});
		assert.deepEqual((sendout?.record as {data: unknown}).data, {b: [2]});
		const overview = await services.overview();
		assert.deepEqual([overview.failedSendouts, overview.runningTasks.map(task => task.id), overview.ranges.exports], [1, [], null], 'what another system works on is no work here');
		await store.write([{sql: `UPDATE tasks SET origin = 'local' WHERE id = 'aa_1'`}]);
		assert.deepEqual((await services.overview()).runningTasks.map(task => task.id), ['aa_1']);
		await store.write([{sql: `UPDATE tasks SET progress = 50 WHERE id = 'aa_1'`}]);
		assert.ok((await services.overview()).revisions.tasks > overview.revisions.tasks);
	});

	test(`${kind}: settings take what is allowed and say what is`, async context => {
		const {services} = await open(context);
		assert.deepEqual(await services.settings(), {projectName: null, timezone: 'UTC', retention: '6 months', keyNames: {}, redactKeys: [], all: {}});
		await services.setSetting({key: 'project.timezone', value: 'europe/warsaw'});
		await services.setSetting({key: 'redact.keys', value: 'pin, card_number'});
		const settings = await services.setSetting({key: 'retention', value: '90 days'});
		assert.deepEqual([settings.timezone, settings.redactKeys, settings.retention], ['Europe/Warsaw', ['pin', 'card_number'], '90 days']);
		assert.equal((await services.setSetting({key: 'retention', value: null})).retention, '6 months');
		for (const [key, value] of [['project.timezone', 'Mars/Olympus'], ['project.timezone', '+02:00'], ['retention', 'soon'], ['retention', '0 days'], ['webhooks.allow_private', 'maybe'], ['keys.', 'x'], ['nonsense', 'x']] as const) {
			await assert.rejects(services.setSetting({key, value}), (error: unknown) => error instanceof UsageFault && error.remedy !== undefined, `${key} ${value}`);
		}
	});

	test(`${kind}: views are saved by name, and a query that is wrong is not`, async context => {
		const {services} = await open(context);
		await services.saveView({tab: 'logs', name: 'mine', query: 'status:failure'});
		await services.saveView({tab: 'logs', name: 'mine', query: 'status:4xx'});
		await assert.rejects(services.saveView({tab: 'logs', name: 'bad', query: 'nonsense:1'}), UsageFault);
		assert.deepEqual(await services.views({tab: 'logs'}), [{tab: 'logs', name: 'mine', query: 'status:4xx'}]);
		await services.removeView({tab: 'logs', name: 'mine'});
		assert.deepEqual(await services.views({tab: 'logs'}), []);
	});

	test(`${kind}: an import of a file that is not there is refused before anything starts`, async context => {
		const {services} = await open(context);
		await assert.rejects(services.startImport({path: '/nowhere/at/all.har'}), (error: unknown) => error instanceof Fault && error.message.includes('does not exist'));
		await assert.rejects(services.startImport({path: import.meta.dirname}), (error: unknown) => error instanceof Fault && error.message.includes('directory'));
		assert.deepEqual(ids(await services.page({tab: 'tasks', query: '', direction: 'older', limit: 9})), []);
	});
}

test('from a file a body of six megabytes is shown cut, says how large it is, and can be had whole', async context => {
	const {services} = await openOn('file', context, [makeLog({id: 'log_1', response_body: 'é'.repeat(3_000_000)})]);
	assert.deepEqual((await services.record({tab: 'logs', id: 'log_1'}))?.cut, {response_body: 6_000_000});
	const whole = await services.record({tab: 'logs', id: 'log_1', isWhole: true});
	assert.equal((whole?.record as Log).response_body?.length, 3_000_000);
	assert.equal(whole?.cut, undefined);
});

test('of bodies that no server takes the beginning is stored, with a note that says so', async context => {
	const large = '{"note":"' + '\u0001é'.repeat(1_500_000) + '"}';
	const {services} = await openOn('server', context, [makeLog({id: 'log_1', request_body: large, response_body: large}), makeLog({id: 'log_2', request_body: 'after it'})]);
	const {record} = (await services.record({tab: 'logs', id: 'log_1', isWhole: true})) ?? {};
	for (const body of [(record as Log).request_body ?? '', (record as Log).response_body ?? '']) {
		const [kept = '', note] = body.split('\n');
		assert.ok(kept.length > 150_000 && large.startsWith(kept));
		assert.equal(note, `[cut: the first ${Buffer.byteLength(kept)} bytes of a body of ${Buffer.byteLength(large)} bytes as sent]`);
	}

	assert.equal(((await services.record({tab: 'logs', id: 'log_2'}))?.record as Log).request_body, 'after it');
});

test('a background task that auditty carries out tells the tries made', async context => {
	const {store, services} = await openOn('file', context, []);
	const task = await createTask(store, {type: 'LOGS.PURGE', parameters: null, user: null, now});
	await store.write([{sql: `UPDATE jobs SET attempt = 2, error = 'the disk is full' WHERE id = ?`, args: [task.id]}]);
	assert.partialDeepStrictEqual((await services.record({tab: 'tasks', id: task.id}))?.tries, {made: 2, lastError: 'the disk is full'});
});
