import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {test, type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {Fault, UsageFault} from '../../source/domain/fault.ts';
import {startHost, type HostClient} from '../../source/host/start-host.ts';
import {type Notice} from '../../source/services/notices.ts';

const oddServices = fileURLToPath(new URL('fixtures/odd-services.ts', import.meta.url));

const parent = fileURLToPath(new URL('fixtures/parent.ts', import.meta.url));

const openHost = (t: TestContext, options: {readonly isRefused?: boolean; readonly hangAfterMs?: number} = {}): HostClient => {
	const {isRefused = false, ...rest} = options;
	const host = startHost({command: [oddServices], opening: {isReadOnly: isRefused}, ...rest});
	t.after(async () => host.stop());
	return host;
};

const ask = async ({services}: HostClient, key: string, contains = '', signal?: AbortSignal): Promise<readonly string[]> => {
	const facets = await services.facets({tab: 'logs', key, contains, limit: 10}, signal);
	return facets.map(({value}) => value);
};

const noticeOf = async (host: HostClient, kind: Notice['kind']): Promise<Notice> => new Promise(resolve => {
	const stop = host.notices.subscribe(notice => {
		if (notice.kind === kind) {
			stop();
			resolve(notice);
		}
	});
});

const isAlive = (pid: number): boolean => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

test('answers in the order asked, with every character of the text, also what was asked before it was ready', async t => {
	const host = openHost(t);
	const texts = ['plain', '\u0000\u001B[31m', '\uD800 lone', '👩‍👩‍👧 𝕏', '"quoted"\r\n', ''];
	const answers = await Promise.all(texts.map(async text => ask(host, 'echo', text)));
	assert.deepEqual(answers, texts.map(text => [text]));
	await host.ready;
});

test('a call without a result resolves', async t => {
	assert.equal(await openHost(t).services.saveView({tab: 'logs', name: 'a', query: ''}), undefined);
});

test('faults arrive with class, message and remedy', async t => {
	const host = openHost(t);
	await assert.rejects(ask(host, 'fault', 'it broke'), (error: unknown) => error instanceof Fault && !(error instanceof UsageFault) && error.message === 'it broke' && error.remedy === 'do better');
	await assert.rejects(ask(host, 'usage', 'unknown key'), (error: unknown) => error instanceof UsageFault && error.message === 'unknown key');
	await assert.rejects(ask(host, 'error', 'of undefined'), {name: 'TypeError', message: 'of undefined'});
});

test('a call cancelled while another blocks the store rejects at once and is never begun', async t => {
	const host = openHost(t);
	await host.ready;
	const abort = new AbortController();
	const blocked = ask(host, 'block', '200');
	const unwanted = Array.from({length: 5}, async () => ask(host, 'echo', 'unwanted', abort.signal));
	let isBlockedAnswered = false;
	void blocked.then(() => {
		isBlockedAnswered = true;
	});
	abort.abort();
	for (const result of await Promise.allSettled(unwanted)) {
		assert.equal(result.status, 'rejected');
	}

	assert.equal(isBlockedAnswered, false);
	await blocked;
	assert.deepEqual(await ask(host, 'asked'), ['block 200', 'asked']);
	await assert.rejects(ask(host, 'echo', 'late', abort.signal), {name: 'AbortError'});
});

test('a process that is killed is started again, and what it was asked is answered', async t => {
	const host = openHost(t);
	await host.ready;
	const first = host.pid() ?? 0;
	const told = noticeOf(host, 'child-restarted');
	const blocked = ask(host, 'block', '100');
	const answer = ask(host, 'echo', 'still here');
	process.kill(first, 'SIGKILL');
	assert.deepEqual(await answer, ['still here']);
	await blocked;
	assert.notEqual(host.pid(), first);
	assert.deepEqual(await told, {kind: 'child-restarted', child: 'store', reason: 'SIGKILL'});
});

test('a call that crashes the process each time fails after the second, and others go on', async t => {
	const host = openHost(t);
	await assert.rejects(ask(host, 'crash'), (error: unknown) => error instanceof Fault && /ended before it answered/.test(error.message));
	assert.deepEqual(await ask(host, 'echo', 'on'), ['on']);
});

test('what creates something is not asked twice', async t => {
	const host = openHost(t);
	await assert.rejects(host.services.startSample(), (error: unknown) => error instanceof Fault && /see whether it was done/.test(error.remedy ?? ''));
});

test('a call that hangs ends the process and fails after the second try', async t => {
	const host = openHost(t, {hangAfterMs: 1000});
	await host.ready;
	await assert.rejects(ask(host, 'hang'), /no answer for 1 s/);
	assert.deepEqual(await ask(host, 'echo', 'on'), ['on']);
});

test('a store that cannot be opened gives its fault to whoever waits and to every call, and is not tried again', async t => {
	const host = openHost(t, {isRefused: true});
	const early = ask(host, 'echo');
	const isRefusal = (error: unknown): boolean => error instanceof Fault && error.message === 'the store is of a newer version' && error.remedy === 'update auditty';
	await assert.rejects(host.ready, isRefusal);
	await assert.rejects(early, isRefusal);
	await assert.rejects(ask(host, 'echo'), isRefusal);
});

test('listeners hear of changes, and only of changes; after a restart still', async t => {
	const host = openHost(t);
	await host.ready;
	const told: Notice[] = [];
	host.notices.subscribe(notice => told.push(notice));
	for (let round = 0; round < 20; round++) {
		await ask(host, 'echo');
	}

	assert.deepEqual(told, []);
	let change = noticeOf(host, 'store-changed');
	await ask(host, 'change');
	assert.deepEqual(await change, {kind: 'store-changed', revisions: {logs: 1, tasks: 0, exports: 0, sendouts: 0}});
	process.kill(host.pid() ?? 0, 'SIGKILL');
	await noticeOf(host, 'child-restarted');
	change = noticeOf(host, 'store-changed');
	let isTold = false;
	void change.then(() => {
		isTold = true;
	});
	while (!isTold) {
		await ask(host, 'change');
	}
});

test('what the process writes reaches no terminal', async () => {
	const {stdout, stderr} = await promisify(execFile)(process.execPath, ['--import', 'tsx', parent, 'noise']);
	assert.equal(stdout + stderr, '');
});

test('the process has a group of its own and ends when its parent is killed', async () => {
	const running = spawn(process.execPath, ['--import', 'tsx', parent, 'stay'], {stdio: ['ignore', 'pipe', 'inherit']});
	const [line] = await once(createInterface(running.stdout), 'line') as [string];
	const pid = Number(line);
	// A signal to the group of that name reaches it.
	assert.equal(process.kill(-pid, 0), true);
	running.kill('SIGKILL');
	while (isAlive(pid)) {
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}
});
