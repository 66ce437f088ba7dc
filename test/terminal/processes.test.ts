import assert from 'node:assert/strict';
import process from 'node:process';
import {test} from 'node:test';
import {descendantsOf, eventually, keys, openAuditty, type AudittySession} from '../helpers/open-auditty.ts';
import {seedHome} from '../helpers/seed-home.ts';

const logs = [{id: 'log_1', status: 404, outcome: 'failure', error_key: 'not_found'}, {id: 'log_2', created_at: Date.UTC(2026, 10, 22, 13)}] as const;

const childOf = async (session: AudittySession, argument: string): Promise<number> => {
	let pid = 0;
	await eventually(() => {
		pid = descendantsOf(session.pid).find(({command}) => command.endsWith(argument))?.pid ?? 0;
		return pid !== 0;
	}, `a process ${argument} runs`);
	return pid;
};

test('a store host or a worker that is killed is started again, the screen says so and works on', async context => {
	const home = await seedHome(context, {logs});
	const session = openAuditty(context, {home, arguments: ['logs', 'since:2000-01-01']});
	await session.sees(/^▸.*✓ 200/m);

	const host = await childOf(session, '--internal-store-host');
	process.kill(host, 'SIGKILL');
	await session.sees(/the store’s process ended and was started again \(SIGKILL\)/);
	await session.press('!', frame => frame.includes('status:failure') && /^▸.*✗ 404/m.test(frame));
	assert.notEqual(await childOf(session, '--internal-store-host'), host);

	process.kill(await childOf(session, '--internal-worker'), 'SIGKILL');
	await session.sees(/the worker ended and was started again \(SIGKILL\)/);
	await session.press('!', /^ {3}✗ 404|^▸.*✓ 200/m);
	await session.press('2', 'No background tasks yet');
	session.send(keys.controlC);
	assert.equal((await session.exited).code, 0);
});
