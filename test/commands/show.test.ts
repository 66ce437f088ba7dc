import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'csv-parse/sync';
import {runCli} from '../helpers/run-cli.ts';
import {runInProcess} from '../helpers/run-in-process.ts';
import {makeExport, makeSendout, makeTask, seedHome} from '../helpers/seed-home.ts';

const noon = Date.UTC(2026, 10, 22, 12);

const seed = {
	logs: [
		{
			id: 'log_12f8', created_at: noon, status: 400, outcome: 'failure' as const, request_id: 'v-12', task_id: 'aa_9', app_id: 'key-1', customer: 'crm-1',
			request_headers: {'content-type': 'application/json', accept: ['a', 'b']}, request_body: '{"amount":1.0,"big":12345678901234567890}', response_body: 'plain\ntext',
		},
		{id: 'log_12f9'}, {id: 'foreign id'},
	],
	tasks: [makeTask({id: 'aa_9', request_id: 'v-12', status: 'failed', processing_status: 'failure', error: 'it broke', result: {failed: ['a']}})],
	exports: [makeExport({id: 'exp_1'})],
	sendouts: [makeSendout({id: 'whs_1', request_id: 'v-12', attempts: 2})],
};

test('show prints a whole record for people: fields, three times where they differ, bodies with exact numbers', async t => {
	const home = await seedHome(t, seed);
	await runInProcess(['settings', 'project.timezone', 'Europe/Warsaw'], {home});
	await runInProcess(['settings', 'keys.key-1', 'Shop backend'], {home});
	const {code, stdout} = await runCli(['show', 'log_12f8'], {home, env: {TZ: 'Asia/Tokyo'}});
	assert.equal(code, 0);
	assert.match(stdout, /^log_12f8\n/);
	assert.match(stdout, /Date +2026-11-22T13:00:00\.000\+01:00 \(project time, Europe\/Warsaw\) = 2026-11-22T21:00:00\.000\+09:00 \(local time, Asia\/Tokyo\) = 2026-11-22T12:00:00\.000Z \(UTC\)\n/);
	assert.match(stdout, /Server-side key +Shop backend \(key-1\)\n/);
	assert.match(stdout, /Duration +12 ms\n/);
	assert.match(stdout, /\nRequest headers\n {2}content-type: application\/json\n {2}accept: a\n {2}accept: b\n/);
	assert.match(stdout, /\nRequest body \(41 bytes\)\n {2}\{\n {4}"amount": 1\.0,\n {4}"big": 12345678901234567890\n {2}\}\n/);
	assert.match(stdout, /\nResponse body \(10 bytes\)\n {2}plain\n {2}text\n/);
	assert.match(stdout, /\nRelated\n.*aa_9/);
	assert.equal((await runInProcess(['show', 'log_12f8', '--plain'], {home})).code, 0);
});

test('show finds a record of any tab by its ID, or by a beginning that is only its own', async t => {
	const home = await seedHome(t, seed);
	for (const id of ['log_12f8', 'aa_9', 'exp_1', 'whs_1', 'foreign id']) {
		const {code, stdout, stderr} = await runInProcess(['show', id, '--json'], {home});
		assert.equal(code, 0, stderr);
		assert.equal((JSON.parse(stdout) as {readonly id: string}).id, id);
		assert.match((await runInProcess(['show', id], {home})).stdout, new RegExp(`^${id}\n`));
	}

	const [short, ambiguous, none, request] = await Promise.all(
		['whs', 'log_12', 'log_nothing', 'v-12'].map(async id => runInProcess(['show', id, '--json'], {home})),
	);
	assert.match(short!.stdout, /"whs_1"/);
	assert.deepEqual([ambiguous!.code, ambiguous!.stdout], [2, '']);
	assert.match(ambiguous!.stderr, /^auditty: several IDs begin with log_12: log_12f\d \(log\), log_12f\d \(log\), write more/);
	assert.deepEqual([none!.code, none!.stdout], [1, '']);
	assert.match(none!.stderr, /^auditty: no record has the ID log_nothing, find it with/);
	assert.match(request!.stderr, /auditty logs request_id:v-12/);
});

test('show --csv is the heading and the record', async t => {
	const home = await seedHome(t, seed);
	const [row, ...others] = parse((await runInProcess(['show', 'exp_1', '--csv'], {home})).stdout, {columns: true}) as ReadonlyArray<Readonly<Record<string, string>>>;
	assert.deepEqual([row?.['id'], row?.['fields'], row?.['rows'], others], ['exp_1', '["id","status"]', '2', []]);
});

test('a body of several megabytes is whole', async t => {
	const body = `"${'ü'.repeat(3_000_000)}"`;
	const home = await seedHome(t, {logs: [{id: 'log_big', response_body: body}]});
	const {stdout} = await runInProcess(['show', 'log_big', '--json'], {home});
	assert.equal((JSON.parse(stdout) as {readonly response_body: string}).response_body, body);
});
