import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {test} from 'node:test';
import {generateSampleProject} from '../../data/generate-sample-project.ts';
import {instantOfId} from '../../source/domain/ids.ts';

const files = generateSampleProject();
const records = (name: string): ReadonlyArray<Record<string, unknown>> => files.get(name)!.trimEnd().split('\n').map(line => JSON.parse(line) as Record<string, unknown>);
const logs = records('logs.ndjson');
const keyOf = (log: Record<string, unknown>): unknown => /"code":\d+,"key":"(\w+)"/.exec(String(log['response_body']))?.[1];
const hoursBeforeEnd = (log: Record<string, unknown>): number => (Date.UTC(2026, 8, 10, 16) - Date.parse(String(log['created_at']))) / 3_600_000;

test('the committed files are what the generator makes, byte for byte', () => {
	for (const [name, text] of files) {
		assert.ok(readFileSync(new URL(`../../data/sample-project/${name}`, import.meta.url), 'utf8') === text, `${name} is stale: run node data/generate-sample-project.ts`);
	}
});

test('nothing in the files acts on a terminal that prints them', () => {
	for (const [name, text] of files) {
		assert.doesNotMatch(text.replaceAll(/[\n\t]/g, ''), /[\p{Cc}\p{Cf}]/u, name);
	}
});

test('the time in each ID is the time of its record', () => {
	for (const name of ['logs.ndjson', 'tasks.ndjson', 'sendouts.ndjson']) {
		for (const {id, created_at: createdAt} of records(name)) {
			assert.ok(Math.abs(instantOfId(String(id))! - Date.parse(String(createdAt))) <= 1000, `${String(id)} beside ${String(createdAt)}`);
		}
	}
});

test('every task and sendout names a log that is there', () => {
	const ids = new Set(logs.flatMap(log => [log['id'], log['request_id']]));
	for (const task of records('tasks.ndjson')) {
		assert.ok(ids.has(task['log_id']) && ids.has(task['request_id']), String(task['id']));
	}

	for (const sendout of records('sendouts.ndjson')) {
		assert.ok(ids.has(sendout['request_id']), String(sendout['id']));
	}
});

test('the stories of the README are in it', () => {
	const burst = logs.filter(log => keyOf(log) === 'quantity_exceeded');
	assert.equal(burst.length, 400);
	assert.ok(burst.every(log => log['incentive'] === 'MIDNIGHT20' && hoursBeforeEnd(log) < 2.2 && hoursBeforeEnd(log) > 1.6));

	const oldKey = logs.filter(log => log['client_app_id'] === '92d7b0e5-4c16-4f83-a0b9-7d5e1c28f360');
	assert.ok(oldKey.every(log => (log['status'] === 401) === (hoursBeforeEnd(log) <= 5)) && oldKey.some(log => log['status'] === 200));

	const zoe = logs.filter(log => log['customer'] === 'crm-20417' && log['endpoint'] === 'POST_v1_redemptions');
	assert.deepEqual(zoe.map(log => keyOf(log) ?? log['status']), ['customer_rules_violated', 'order_rules_violated', 200]);

	const imports = logs.filter(log => log['endpoint'] === 'POST_v1_campaigns_id_import');
	assert.deepEqual(imports.map(log => log['status']), [...Array.from({length: 9}, () => 202), 429, ...Array.from({length: 5}, () => 202)]);
	assert.ok(Number(imports.at(-1)!['request_duration']) > 25_000);

	assert.ok(logs.filter(log => log['status'] === null).every(log => hoursBeforeEnd(log) > 19 && hoursBeforeEnd(log) < 20));
	assert.equal(new Set(logs.filter(log => keyOf(log) === 'invalid_payload').map(log => log['channel'])).size, 1);
});
