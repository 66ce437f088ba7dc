import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readFilter} from '../../../source/domain/query/resolve-query.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {candidates, type Window} from '../../../source/store/query/candidates.ts';
import {planFilter, type Plan} from '../../../source/store/query/plan.ts';
import {summaryColumns} from '../../../source/store/query/read-page.ts';
import {type Store} from '../../../source/store/store.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {temporaryStore} from '../../helpers/temporary-store.ts';

const planOf = async (store: Store, query: string): Promise<Plan> => {
	const reading = readFilter(query, {tab: 'logs', now: 1_800_000_000_000, timezone: 'UTC', keyNames: {}, isWithoutDefault: true});
	assert.ok(reading.ok, query);
	return planFilter(store, 'logs', reading.filter);
};

const stepsOf = async (store: Store, plan: Plan, window: Window): Promise<readonly string[]> => {
	const {sql, args} = candidates(plan, window, {columns: summaryColumns(plan), isTested: true});
	const rows = await store.read<{detail: string}>(`EXPLAIN QUERY PLAN ${sql}`, args);
	return rows.map(({detail}) => detail);
};

const indexed: ReadonlyArray<readonly [query: string, column: string]> = [
	['id:log_1', 'id'], ['request_id:v-1', 'request_id'], ['status:404', 'status'], ['status:4xx,500', 'status'], ['status:none', 'status'],
	['status:failure', 'outcome'], ['status:success', 'outcome'], ['channel:API,Dashboard', 'channel'], ['method:GET', 'method'],
	['endpoint:GET_v1_vouchers', 'endpoint'], ['endpoint:GET_v1_*', 'endpoint'], ['user:a@example.com', 'user_email'], ['customer:crm-1,crm-2,crm-3', 'customer'],
	['campaign:Autumn', 'campaign'], ['server_key:7c1d', 'app_id'], ['client_key:7c1e', 'client_app_id'], ['error:not_found', 'error_key'],
	['since:24h', 'created_at'], ['since:2026-11-01 until:2026-11-02', 'created_at'], ['', 'created_at'],
];

test('a page of each indexed query follows its index in the order of the list, and sorts nothing', async context => {
	const store = await temporaryStore(context);
	await insertLogs(store, ['404', '410', '500'].map((status, index) => makeLog({
		id: `log_${index}`, status: Number(status), outcome: 'failure', customer: `crm-${index}`, user_email: 'a@example.com', request_id: `v-${index}`,
		campaign: 'Autumn', app_id: '7c1d', client_app_id: '7c1e', error_key: 'not_found',
	})), {storedAt: 1});
	for (const [query, column] of indexed) {
		const plan = await planOf(store, query);
		for (const direction of ['older', 'newer'] as const) {
			for (const start of [undefined, {at: 1_795_000_000_000}, {at: 1_795_000_000_000, seq: 2}]) {
				const steps = await stepsOf(store, plan, {direction, start, limit: 50});
				const text = steps.join('\n');
				// An ID has one record at most: SQLite says that it sorts it.
				assert.equal(text.includes('TEMP B-TREE') && column !== 'id', false, `${query} ${direction}\n${text}`);
				assert.match(text, new RegExp(`USING INDEX logs_by_${column}\\b`), `${query}\n${text}`);
				// Without any limit of time the whole index is the list.
				const isAll = query === '' && start === undefined;
				assert.equal(/SCAN r\b/.test(text), isAll, `${query}\n${text}`);
			}
		}
	}
});

test('records of one instant are skipped by their place in the index, however many there are', async context => {
	const store = await temporaryStore(context);
	const [first] = await stepsOf(store, await planOf(store, 'channel:API'), {direction: 'older', start: {at: 5, seq: 7}, limit: 10}).then(steps => steps.filter(step => step.startsWith('SEARCH')));
	assert.match(first ?? '', /channel=\? AND created_at=\? AND rowid<\?/);
});

test('of several conditions the one with the fewest records drives', async context => {
	const store = await temporaryStore(context);
	await insertLogs(store, Array.from({length: 2000}, (_, index) => makeLog({
		id: `log_${index}`, created_at: index * 1000, customer: index % 500 === 0 ? 'rare' : 'common', outcome: index % 5 === 0 ? 'failure' : 'success',
	})), {storedAt: 1});
	assert.equal((await planOf(store, 'status:failure customer:rare')).drive?.column, 'customer');
	assert.equal((await planOf(store, 'status:failure customer:common')).drive?.column, 'outcome');
	assert.equal((await planOf(store, 'channel:API status:failure')).drive?.column, 'outcome');
});
