import {test} from 'node:test';
import assert from 'node:assert/strict';
import {replaceGaps, writeFailure, writePulled, writeReach} from '../../../../source/store/pull/pull-state.ts';
import {drawnAt, openApp, someLogs} from '../../../helpers/app-screen.tsx';

const minute = 60_000;

test('S tells what was pulled, what is missing and what failed, and every setting; esc leads back', async context => {
	const screen = await openApp(context, {logs: someLogs(3), settings: {'project.timezone': 'Europe/Warsaw', 'pull.every': '5m'}});
	const gap = {from: drawnAt - 90 * minute, until: drawnAt - 75 * minute};
	await screen.store.write([
		writeReach('logs', {from: drawnAt - 7 * 1440 * minute, until: drawnAt - 2 * minute, isComplete: true}), writePulled('logs', {at: drawnAt - 2 * minute, added: 1204}),
		...replaceGaps(gap, [{...gap, error: 'Voucherify could not make the export', failedAt: drawnAt}]),
		writePulled('tasks', {at: drawnAt - 2 * minute, added: 3}), writeFailure('tasks', {at: drawnAt - minute, error: 'the plan \u001B[31mdoes not include this'}),
	]);
	await screen.until('crm-0');
	await screen.press('S');
	await screen.until('pulled 22 Nov');
	assert.equal(screen.lines().slice(2, 11).join('\n'), [
		' Settings and sources  p pulls  esc closes  auditty settings KEY VALUE changes one',
		' Voucherify',
		' – project                  eu1, https://api.voucherify.io  no keys',
		' ✓ Logs                     pulled 22 Nov 22:12, 1,204 new  15 Nov 22:14 to 22 Nov 22:12',
		' ✗ Background Tasks         failed 22 Nov 22:13: the plan \\x1b[31mdoes not include this',
		' – Exports                  –  not pulled yet',
		' ✗ missing logs             22 Nov 20:44 to 22 Nov 20:59: Voucherify could not make the export',
		' – pull.every               5m; no keys, no pulls  set VOUCHERIFY_APP_ID and VOUCHERIFY_SECRET_KEY',
		'',
	].join('\n'));
	assert.match(screen.frame(), / {3}project\.name {13}– {2}what the screen is headed with/);
	assert.match(screen.frame(), / {1}● project\.timezone {9}Europe\/Warsaw {2}project time/);
	await screen.press('p');
	await screen.until('the keys of the Voucherify project are not given');
	// What a pull writes shows without being asked for.
	await screen.store.write([writePulled('tasks', {at: drawnAt, added: 12})]);
	screen.notify();
	await screen.until(/✓ Background Tasks .*12 new/);
	await screen.press('esc');
	await screen.until('crm-0');
});

test('the palette leads there by name, and 80 columns hold it', async context => {
	const screen = await openApp(context, {logs: someLogs(3), columns: 80, rows: 24});
	await screen.until('POST_v1_validations');
	await screen.press(':');
	await screen.type('sources');
	await screen.press('enter');
	await screen.until('Settings and sources');
	await screen.until('project.timezone');
	assert.match(screen.frame().replaceAll(/\s+/g, ' '), /project time: dates in queries and lists; UTC unless set/);
	await screen.press('G');
	await screen.until('pull.every');
	assert.match(screen.lines()[2]!, /^ Settings and sources {2}\d+-(\d+) of \1/);
	await screen.press('p');
	await screen.until(/the keys of the Voucherify project are not given.*\n.*VOUCHERIFY_SECRET_KEY, or write both as/);
});
