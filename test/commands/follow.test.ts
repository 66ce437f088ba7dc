import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startCli} from '../helpers/run-cli.ts';
import {addRecords, seedHome} from '../helpers/seed-home.ts';

const noon = Date.UTC(2026, 10, 22, 12);

const readIds = async (running: {readonly nextLine: () => Promise<string | null>}, count: number): Promise<readonly string[]> => {
	const ids: string[] = [];
	while (ids.length < count) {
		const line = await running.nextLine();
		assert.ok(line !== null, `the output ended after ${ids.length} records`);
		ids.push((JSON.parse(line) as {readonly id: string}).id);
	}

	return ids;
};

test('--follow prints what comes in the order of arrival, each once, none lost, whatever its time', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_a', created_at: noon}, {id: 'log_b', created_at: noon + 1}, {id: 'log_c', created_at: noon - 1}]});
	const running = startCli(['logs', '--follow', '--json', '--limit', '2', '-channel:Dashboard'], {home});
	t.after(() => running.child.kill('SIGKILL'));
	assert.deepEqual(await readIds(running, 2), ['log_a', 'log_b']);

	await addRecords(home, {logs: [{id: 'log_late', created_at: noon + 5}]});
	await addRecords(home, {logs: [{id: 'log_slow', created_at: noon - 3_600_000}, {id: 'log_hidden', channel: 'Dashboard'}, {id: 'log_old', created_at: Date.UTC(2001, 1, 1)}]});
	assert.deepEqual(await readIds(running, 3), ['log_late', 'log_slow', 'log_old']);

	const many = Array.from({length: 1300}, (_, index) => ({id: `log_${String(index).padStart(4, '0')}`, created_at: noon - index}));
	await addRecords(home, {logs: many});
	assert.deepEqual(await readIds(running, 1300), many.map(({id}) => id));

	running.child.kill('SIGINT');
	assert.equal(await running.nextLine(), null);
	assert.deepEqual(await running.ended, {code: null, signal: 'SIGINT'});
	assert.equal(running.stderr(), '');
});

test('--follow without --limit begins with what is new, in a table too', async t => {
	const home = await seedHome(t, {logs: [{id: 'log_before'}]});
	const running = startCli(['logs', '--follow'], {home});
	t.after(() => running.child.kill('SIGKILL'));
	// The first record that is printed shows that it follows; until then more are added.
	let count = 0;
	const adding = setInterval(() => {
		void addRecords(home, {logs: [{id: `log_new_${count++}`}]});
	}, 250);
	const heading = await running.nextLine();
	const first = await running.nextLine();
	clearInterval(adding);
	assert.match(heading ?? '', /^STATUS .*LOG ID/);
	assert.match(first ?? '', /^200 .* log_new_\d+/);
	running.child.kill('SIGTERM');
	const {signal} = await running.ended;
	assert.equal(signal, 'SIGTERM');
});

test('--follow ends quietly with 0 once its reader is gone', async t => {
	const home = await seedHome(t);
	const running = startCli(['logs', '--follow', '--json'], {home});
	t.after(() => running.child.kill('SIGKILL'));
	running.child.stdout.destroy();
	let count = 0;
	const adding = setInterval(() => {
		void addRecords(home, {logs: [{id: `log_${count++}`}]});
	}, 250);
	const {code} = await running.ended;
	clearInterval(adding);
	assert.deepEqual([code, running.stderr()], [0, '']);
});
