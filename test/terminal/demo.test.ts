import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {test} from 'node:test';
import {openAuditty} from '../helpers/open-auditty.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const demoStores = (): readonly string[] => readdirSync(tmpdir()).filter(name => name.startsWith('auditty-demo-'));

test('in the demo everything moves: logs come in, exports get done, webhooks arrive or are tried again; nothing is left of it', async context => {
	const before = demoStores();
	const session = openAuditty(context, {home: temporaryDirectory(context), arguments: ['--demo'], columns: 140});
	await session.sees(/nordlicht-coffee, demo/);
	await session.press('F', /following/);
	const shown = /since:24h +([\d,]+)/.exec(session.screen.frame())?.[1];
	await session.sees(frame => /following/.test(frame) && /since:24h +([\d,]+)/.exec(frame)?.[1] !== shown);
	await session.press('3', /EXPORT ID/);
	await session.press('F', /✓ done +api_log +exp_[\da-f]{18}/);
	await session.press('4', /SENDOUT ID/);
	await session.press('F', /✓ success +whs_/);
	await session.sees(/◐ retrying +whs_[\da-f]+ .* in \d+ s/);
	session.send('q');
	assert.equal((await session.exited).code, 0);
	assert.deepEqual(demoStores().filter(name => !before.includes(name)), []);
});
