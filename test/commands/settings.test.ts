import assert from 'node:assert/strict';
import {test} from 'node:test';
import {runCli} from '../helpers/run-cli.ts';
import {runInProcess} from '../helpers/run-in-process.ts';
import {seedHome} from '../helpers/seed-home.ts';

test('settings lists what is in force, reads one, sets one, and takes it back', async t => {
	const home = await seedHome(t);
	const run = async (...args: readonly string[]) => {
		const {code, stdout, stderr} = await runInProcess(['settings', ...args], {home});
		assert.deepEqual([code, stderr], [0, '']);
		return stdout;
	};

	assert.match(await run(), /^project\.name +\(not set\)\nproject\.timezone +UTC {2}\(default\)\nretention +6 months {2}\(default\)\n/);
	assert.equal(await run('retention'), '6 months\n');
	assert.equal(await run('retention', '12 months'), '');
	assert.equal(await run('retention'), '12 months\n');
	assert.equal(await run('project.name', 'My', 'shop'), '');
	assert.equal(await run('project.name'), 'My shop\n');
	assert.equal(await run('retention', ''), '');
	assert.equal(await run('retention'), '6 months\n');
	assert.equal(await run('project.name', '--unset'), '');
	assert.equal(await run('project.name'), '\n');
	assert.equal(await run('keys.abc', 'Shop \u202e backend'), '');
	assert.match(await run(), /^keys\.abc +Shop \\u202e backend$/m);
	const lines = (await run('--json')).trim().split('\n').map(line => JSON.parse(line) as {readonly key: string; readonly value: string | null; readonly is_set: boolean});
	assert.deepEqual(lines.find(({key}) => key === 'retention'), {key: 'retention', value: '6 months', is_set: false});
	assert.deepEqual(lines.find(({key}) => key === 'keys.abc'), {key: 'keys.abc', value: 'Shop \u202e backend', is_set: true});
	assert.deepEqual(JSON.parse(await run('retention', '90 days', '--json')), {key: 'retention', value: '90 days', is_set: true});
});

test('a setting is there for the next process: dates of a query are project time', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_1', created_at: Date.UTC(2026, 10, 21, 23, 30)}]});
	assert.equal((await runCli(['logs', 'since:2026-11-22', '--count'], {home})).stdout, '0\n');
	assert.equal((await runCli(['settings', 'project.timezone', 'Europe/Warsaw'], {home})).code, 0);
	assert.equal((await runCli(['logs', 'since:2026-11-22', '--count'], {home})).stdout, '1\n');
});
