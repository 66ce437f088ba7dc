import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startInPty} from '../helpers/pty.ts';
import {cliCommand} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const patientMs = 60_000;

test('from an empty store to the cause of a failure, and again after a restart', async context => {
	const env = {AUDITTY_HOME: temporaryDirectory(context), CI: 'true'};
	const open = () => startInPty({command: cliCommand, columns: 120, rows: 40, env});
	const first = open();
	try {
		await first.screen.waitFor('Nothing is stored yet', patientMs);
		first.send('s');
		await first.screen.waitFor('nordlicht-coffee', patientMs);
		await first.screen.waitFor('3,401', patientMs);
		first.send('!');
		await first.screen.waitFor('status:failure', patientMs);
		await first.screen.waitFor(/▸ {2}✗/, patientMs);
		first.send('\r');
		await first.screen.waitFor('"unauthorized"', patientMs);
		first.send('q');
		await first.screen.waitFor(frame => !frame.includes('"unauthorized"'), patientMs);
		first.send('q');
		assert.equal((await first.exited).code, 0);
		assert.equal(first.screen.isAlternateScreen(), false);
		assert.match(first.screen.output(), /\u001B\[\?7h/);
	} finally {
		await first.close();
	}

	const second = open();
	try {
		await second.screen.waitFor('status:failure', patientMs);
		await second.screen.waitFor(/▸ {2}✗/, patientMs);
		second.send('\u0003');
		assert.equal((await second.exited).code, 0);
		assert.equal(second.screen.isAlternateScreen(), false);
	} finally {
		await second.close();
	}
});
