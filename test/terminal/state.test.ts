import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {eventually, keys, openAuditty, type AudittySession} from '../helpers/open-auditty.ts';
import {seedHome} from '../helpers/seed-home.ts';

const logs = Array.from({length: 40}, (_, index) => ({
	id: `log_${String(index).padStart(2, '0')}`, created_at: Date.UTC(2026, 0, 22, 12, index), status: index % 2 === 0 ? 404 : 200, outcome: index % 2 === 0 ? 'failure' as const : 'success' as const,
	customer: `customer-${index}`,
}));

const rowOfCursor = (frame: string): string => /^▸.*$/m.exec(frame)?.[0] ?? '';

const clearLine = '\u0015';

const ask = async (session: AudittySession, query: string): Promise<void> => {
	await session.sees(/enter open|f filter|i import/);
	await session.press('\u0006', /query since:/);
	await session.press(`${clearLine}${query}`, new RegExp(`query ${query}`));
	await session.press(keys.enter, frame => frame.includes('20 of 40') && rowOfCursor(frame).includes('customer-38'));
};

const marksOnDisk = (home: string): number => {
	const directory = path.join(home, 'sessions');
	const files = existsSync(directory) ? readdirSync(directory).filter(name => name.endsWith('.json')) : [];
	return files.length === 0 ? 0 : ((JSON.parse(readFileSync(path.join(directory, files[0]!), 'utf8')) as {tabs: {logs?: {marks: string[]}}}).tabs.logs?.marks.length ?? 0);
};

test('query, cursor and marks survive a quit, and a screen that was killed', async context => {
	const home = await seedHome(context, {logs});
	const first = openAuditty(context, {home});
	await ask(first, 'since:2026-01-01 status:failure');
	// A mark goes on to the next row.
	await first.press('jjm', frame => frame.includes('1 marked') && rowOfCursor(frame).includes('customer-32'));
	first.send('q');
	assert.equal((await first.exited).code, 0);

	const second = openAuditty(context, {home});
	await second.sees(frame => frame.includes('since:2026-01-01  status:failure') && frame.includes('1 marked') && rowOfCursor(frame).includes('customer-32'));
	await second.sees(/^ +● .*customer-34/m);
	await second.press('jm', /2 marked/);
	await eventually(() => marksOnDisk(home) === 2, 'both marks are in the session file');
	second.kill('SIGKILL');
	await second.exited;

	const third = openAuditty(context, {home});
	await third.sees(frame => frame.includes('since:2026-01-01  status:failure') && frame.includes('2 marked') && rowOfCursor(frame).includes('customer-28'));
	third.send(keys.controlC);
	assert.equal((await third.exited).code, 0);
});
