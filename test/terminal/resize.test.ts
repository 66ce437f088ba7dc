import assert from 'node:assert/strict';
import {test} from 'node:test';
import {keys, openAuditty} from '../helpers/open-auditty.ts';
import {seedHome} from '../helpers/seed-home.ts';

test('the screen follows its window, says where that is too small, and goes on where it was', async context => {
	const home = await seedHome(context, {logs: Array.from({length: 60}, (_, index) => ({id: `log_${index}`, created_at: Date.UTC(2026, 10, 22, 12, index), customer: `customer-${index}`, response_body: `{"number":${index}}`}))});
	const session = openAuditty(context, {home, arguments: ['logs', 'since:2000-01-01']});
	const isWhole = (rows: number) => (frame: string): boolean => {
		const lines = frame.split('\n');
		return lines.length === rows && lines[0]!.startsWith(' auditty ') && lines[1]!.startsWith(' 1 Logs') && lines.at(-1)!.includes('? help');
	};

	await session.sees(frame => isWhole(40)(frame) && frame.includes('customer-59'));
	await session.press('jj', /^▸.*customer-57/m);
	await session.press(keys.enter, 'number: 57');

	session.resize(59, 14);
	await session.sees(/^auditty needs 60 x 15, this is 59 x 14: enlarge it$/);
	session.resize(20, 3);
	await session.sees(/^auditty needs 60 x 15/);
	session.resize(1, 1);
	session.resize(60, 15);
	await session.sees(frame => isWhole(15)(frame) && frame.includes('number: 57'));
	for (const [columns, rows] of [[80, 24], [200, 50], [300, 20], [61, 90], [120, 40]] as const) {
		session.resize(columns, rows);
		await session.sees(frame => isWhole(rows)(frame) && frame.includes('number: 57'));
	}

	await session.press('q', frame => !frame.includes('number: 57') && /^▸.*customer-57/m.test(frame));
	session.send('q');
	assert.equal((await session.exited).code, 0);
});

test('in a window that is too small keys still leave', async context => {
	const session = openAuditty(context, {home: await seedHome(context, {}), columns: 40, rows: 8});
	await session.sees('auditty needs 60 x 15');
	session.send('q');
	assert.equal((await session.exited).code, 0);
});
