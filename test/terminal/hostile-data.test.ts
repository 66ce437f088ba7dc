import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {eventually, keys, openAuditty, type AudittySession} from '../helpers/open-auditty.ts';
import {addRecords, makeExport, makeSendout, makeTask} from '../helpers/seed-home.ts';
import {runCli} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

const naughty = (JSON.parse(readFileSync(new URL('../../node_modules/big-list-of-naughty-strings/blns.json', import.meta.url), 'utf8')) as readonly string[]).filter(text => text !== '');

/** What each does to a terminal that gets it raw: title, clipboard, cursor, screen, modes, a link, a bell, an answer, direction. */
const payloads = [
	'\u001B]0;owned\u0007', '\u001B]2;owned\u001B\\', '\u001B]52;c;b3duZWQ=\u0007', '\u009D52;c;b3duZWQ=\u009C', '\u001B[?25h', '\u001B[?1049l', '\u001B[2J\u001B[H', '\u001B[31mred', '\u009B31m',
	'\u001B[?1000h', '\u001B[?2004l', '\u001B[?7h', '\u001B]8;;https://example.com\u0007link\u001B]8;;\u0007', '\u001B[6n\u001B[c', '\u0007\b\b\b', '\r\n\v\f', '\u001Bc', '\u001BP$q"p\u001B\\',
	'\u202Egnp.exe', '\u2066a\u2069', 'a\u200Bb\uFEFF', '\u0000', '\u2028line', '\uDB40\uDC41tag', '👩‍👩‍👧‍👦', '全角', 'e\u0301\u0301\u0301\u0301',
] as const;

const header = (value: string) => ({name: `X-${value}`, value});

const entry = (text: string, index: number) => ({
	startedDateTime: new Date(Date.UTC(2026, 0, 20, 10, 0, index)).toISOString(), time: 1,
	request: {method: 'POST', url: `https://shop.example/v1/customers/${text}?q=${text}`, httpVersion: text, headers: [header(text), {name: 'X-Voucherify-Channel', value: text}], queryString: [], cookies: [], headersSize: -1, bodySize: -1, postData: {mimeType: 'application/json', text: JSON.stringify({customer: {source_id: text}, campaign: text, [text]: text})}},
	response: {status: 400, statusText: text, httpVersion: text, headers: [header(text)], cookies: [], content: {size: 1, mimeType: text, text: index % 2 === 0 ? JSON.stringify({key: text, message: text, details: [text]}) : text}, redirectURL: '', headersSize: -1, bodySize: -1},
	cache: {}, timings: {send: 0, wait: 1, receive: 0},
});

/** Several of the list in one log, so that the walk through them is short. */
const logOf = (texts: readonly string[], index: number) => ({
	id: `log_naughty_${String(index).padStart(2, '0')}`, created_at: new Date(Date.UTC(2026, 0, 20, 11, 0, index)).toISOString(), status: 400, method: texts[0], endpoint: texts[1], url: texts[2], customer: texts[3],
	campaign: texts[4], channel: texts[5], user_email: texts[6], error_key: texts[7], incentive: texts[8], request_id: texts[9], request_headers: Object.fromEntries(texts.map((text, number) => [`h${number}${text}`, text])),
	request_body: texts.join('\n'), response_body: JSON.stringify(Object.fromEntries(texts.map(text => [text, [text]]))),
});

const chunks = Array.from({length: Math.ceil(naughty.length / 20)}, (_, index) => naughty.slice(index * 20, index * 20 + 20));

const all = payloads.join('');

/** A data directory with hostile records in every tab. */
const hostileHome = async (context: Parameters<typeof temporaryDirectory>[0]): Promise<string> => {
	const home = temporaryDirectory(context);
	const har = path.join(home, 'hostile.har');
	writeFileSync(har, JSON.stringify({log: {version: '1.2', creator: {name: all, version: all}, entries: payloads.map(entry)}}));
	const ndjson = path.join(home, 'naughty.ndjson');
	writeFileSync(ndjson, chunks.map((texts, index) => `${JSON.stringify(logOf(texts, index))}\n`).join(''));
	for (const file of [har, ndjson]) {
		const {code, stderr} = await runCli(['import', file], {home});
		assert.equal(code, 0, stderr);
	}

	await addRecords(home, {
		tasks: [makeTask({id: `aa_${all}`, type: all, user: all, error: all, status: 'failed', result: {[all]: all}, parameters: {file: all}})],
		exports: [makeExport({id: `exp_${all}`, resource: all, user: all, error: all, query: all, status: 'error'})],
		sendouts: [makeSendout({id: `whs_${all}`, type: all, source_id: all, target_url: all, error: all, status: 'failed', data: {[all]: all}, attempt_log: [{number: 1, started_at: 0, duration: 1, status: 500, response_headers: {[all]: all}, response_body: all, error: all}]})],
	});
	return home;
};

const isWhole = (frame: string): boolean => {
	const lines = frame.split('\n');
	return lines.length === 50 && lines[0]!.startsWith(' auditty ') && lines[1]!.startsWith(' 1 Logs') && lines.at(-1)!.includes('? help');
};

const assertUnharmed = async (session: AudittySession): Promise<void> => {
	// What is still being drawn is no whole frame yet; what was moved or cleared never becomes one.
	await session.sees(isWhole);
	assert.deepEqual(session.screen.commands(), []);
	assert.deepEqual(session.screen.modes(), {
		isAlternateScreen: true, isCursorVisible: false, hasAutoWrap: false, hasBracketedPaste: true, mouseTracking: 'none', reportsFocus: false, hasApplicationKeys: false,
	});
	assert.doesNotMatch(session.screen.frame(), /[\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/);
};

/** Passes everything on, as less -r does, and waits. */
const pager = String.raw`sh -c 'cat "$0"; printf "\nThe pager waits."; read -r line'`;

const timesWritten = (session: AudittySession, text: string): number => session.screen.output().split(text).length - 1;

test('hostile records do nothing to the terminal: list, detail, every pane, print, pager, on every tab', async context => {
	const home = await hostileHome(context);
	const session = openAuditty(context, {home, arguments: ['logs', 'since:2026-01-01', 'until:2026-02-01'], env: {PAGER: pager}, rows: 50});
	await session.sees(/▸ {2}✗ 400/);
	await assertUnharmed(session);
	const count = payloads.length + chunks.length;
	await session.sees(new RegExp(` ${count}$`, 'm'));
	await session.press('G', new RegExp('^▸.*10:00:00', 'm'));
	await session.press('g', frame => !/^▸.*10:00:00/m.test(frame));
	await session.press(keys.enter, /log_naughty_\d\d ·/);
	for (let index = 0; index < count; index++) {
		// Everything unfolded in each pane, its end, and its start; the order of keys is the order of their effects.
		session.send('L\tLGg\tLGg\t');
		await session.press('>', index === count - 1 ? /\? help/ : frame => !frame.includes('reading the record'));
		await assertUnharmed(session);
	}

	await session.press('q', frame => !/^ log_.* · /m.test(frame));
	for (const [tab, id, list] of [['1', 'log_', /MS {2}ERROR[^]*^▸/m], ['2', 'aa_', /TASK ID[^]*^▸/m], ['3', 'exp_', /EXPORT ID[^]*^▸/m], ['4', 'whs_', /SENDOUT ID[^]*^▸/m]] as const) {
		await session.press(tab, list);
		await assertUnharmed(session);
		await session.press(keys.enter, frame => new RegExp(`^ ${id}`, 'm').test(frame));
		session.send('LGg');
		await assertUnharmed(session);
		for (const [key, ending] of [['P', 'Enter goes back.'], ['o', 'The pager waits.']] as const) {
			// The main screen still shows what was printed the last time.
			const times = timesWritten(session, ending);
			session.send(key);
			await eventually(() => timesWritten(session, ending) > times && session.screen.frame().endsWith(ending), `${key} on tab ${tab} shows ${ending}`);
			assert.deepEqual(session.screen.commands(), []);
			await session.press('\r', frame => new RegExp(`^ ${id}`, 'm').test(frame));
			await assertUnharmed(session);
		}

		await session.press('q', frame => !new RegExp(`^ ${id}`, 'm').test(frame));
	}

	session.send(keys.controlC);
	assert.equal((await session.exited).code, 0);
	assert.deepEqual(session.screen.commands(), []);
});

test('hostile records and names do nothing to the terminal that they are printed on', async context => {
	const home = await hostileHome(context);
	for (const given of [
		['logs', 'since:2026-01-01', '--plain', '--limit', '0'], ['tasks', '--plain'], ['exports', '--plain'], ['sendouts', '--plain'],
		['show', 'log_naughty_00', '--plain'], ['show', 'aa_', '--plain'], ['show', 'exp_', '--plain'], ['show', 'whs_', '--plain'],
		['import', `/nowhere/${all.replaceAll('\0', '')}.har`], ['logs', `customer:"${all.replaceAll('\0', '')}"`, '--plain'], ['show', `x${all.replaceAll('\0', '')}`], [all.replaceAll('\0', '')],
	]) {
		const session = openAuditty(context, {home, arguments: given});
		await session.exited;
		assert.deepEqual(session.screen.commands(), [], given.join(' '));
		assert.deepEqual(session.screen.modes(), {
			isAlternateScreen: false, isCursorVisible: true, hasAutoWrap: true, hasBracketedPaste: false, mouseTracking: 'none', reportsFocus: false, hasApplicationKeys: false,
		}, given.join(' '));
		assert.doesNotMatch(session.screen.output(), /[\u009B\u009D\u202E\u0007\u0000]|\u001B(?:\[[\d;]*[A-HJKSTfn]|\]|c|P)/, given.join(' '));
	}
});
