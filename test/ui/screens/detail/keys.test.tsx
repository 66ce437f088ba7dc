import {test} from 'node:test';
import assert from 'node:assert/strict';
import {chmod, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {bindingsOf} from '../../../../source/ui/keymap/bindings.ts';
import {openDetail, type DetailScreen} from '../../../helpers/detail-screen.tsx';
import {detailOf, sampleDetails} from '../../../helpers/sample-details.ts';

/** The line under the cursor, as it reads. */
const cursorLine = (screen: DetailScreen): string => screen.lines().find(line => {
	const text = line.trim();
	return text !== '' && screen.styleOf(line.trimStart()).isInverse;
})?.trim() ?? '';

const nested = detailOf({request_body: '{"order":{"items":[{"id":1,"tags":["a","b"]},{"id":2}],"amount":10},"note":"a long note that does not fit into the pane of eighty columns, not at all, and goes on","last":true}', response_body: null, status: null, error_key: null});
const long = detailOf({request_body: JSON.stringify(Object.fromEntries(Array.from({length: 60}, (_, index) => [`key${index}`, index]))), response_body: null});


const on = (detail: typeof nested, before: readonly string[], check: (screen: DetailScreen, key: string) => void) => ({detail, before, check});

/** What each key does, on which record, after which other keys. Every key of the table is pressed. */
const stories: Readonly<Record<string, ReturnType<typeof on>>> = {
	'detail.down': on(nested, [], screen => assert.match(cursorLine(screen), /items \[2\]/)),
	'detail.up': on(nested, ['j', 'j'], screen => assert.match(cursorLine(screen), /items \[2\]/)),
	'detail.fold': on(nested, ['j', 'l'], screen => assert.match(screen.frame(), /▸ items \[2\]/)),
	'detail.unfold': on(nested, ['h'], screen => assert.match(screen.frame(), /▾ order \{2\}/)),
	'detail.foldAll': on(nested, ['L'], screen => assert.match(screen.frame(), /▸ order \{2\} items: \[2\], amount: 10/)),
	'detail.unfoldAll': on(nested, ['h'], screen => assert.match(screen.frame(), /▾ tags \[2\]\s+0: "a"/)),
	'detail.nextSibling': on(nested, [], screen => assert.match(cursorLine(screen), /^note/)),
	'detail.previousSibling': on(nested, ['G'], screen => assert.match(cursorLine(screen), /^note/)),
	'detail.first': on(long, ['G'], screen => assert.equal(cursorLine(screen), 'key0: 0')),
	'detail.last': on(long, [], screen => assert.equal(cursorLine(screen), 'key59: 59')),
	'detail.halfDown': on(long, [], screen => assert.equal(cursorLine(screen), 'key8: 8')),
	'detail.halfUp': on(long, ['G'], screen => assert.equal(cursorLine(screen), 'key51: 51')),
	'detail.pageDown': on(long, [], screen => assert.equal(cursorLine(screen), 'key16: 16')),
	'detail.pageUp': on(long, ['G'], screen => assert.equal(cursorLine(screen), 'key43: 43')),
	'detail.wrap': on(nested, [], screen => assert.match(screen.frame(), /goes on"/)),
	'detail.previous': on(nested, [], screen => assert.deepEqual(screen.called, ['previous'])),
	'detail.next': on(nested, [], screen => assert.deepEqual(screen.called, ['next'])),
	'detail.nextPart': on(nested, [], screen => assert.match(screen.frame(), /▸ response[^]*No response came/)),
	'detail.previousPart': on(nested, [], screen => assert.match(screen.frame(), /▸ meta[^]*X-App-Token: \[redacted 1a2b3c4d\]/)),
	'detail.search': on(nested, [], screen => assert.match(screen.lines().at(-1)!, /^ \//)),
	'detail.nextMatch': on(long, ['/', 'k', 'e', 'y', '1', 'enter'], screen => {
		assert.equal(cursorLine(screen), 'key10: 10');
		assert.match(screen.frame(), /2\/11 found/);
	}),
	'detail.previousMatch': on(long, ['/', 'k', 'e', 'y', '1', 'enter'], screen => assert.equal(cursorLine(screen), 'key19: 19')),
	'detail.copy': on(nested, [], screen => assert.match(screen.frame(), /Copy of log_12f8d7ff415061a645[^]*Path under the cursor +\.order/)),
	'detail.related': on(nested, [], screen => assert.match(screen.frame(), /Related to log_12f8d7ff415061a645\n ▸ started {2}aa_1 +Background Tasks/)),
	'detail.mark': on(sampleDetails.sendout, ['k'], screen => assert.match(screen.frame(), /attempts {2}2[^]*● 1 09-01[^]*\n {3}2 09-01/)),
	'detail.retry': on(sampleDetails.sendout, [], screen => assert.deepEqual(screen.called, ['retry'])),
	'detail.zoom': on(nested, [], screen => assert.deepEqual(screen.called, ['zoom'])),
	'detail.close': on(nested, [], screen => assert.equal(screen.frame(), 'the list')),
};

for (const binding of bindingsOf('detail')) {
	const story = stories[binding.command];
	if (story) {
		for (const key of binding.keys) {
			test(`${key}: ${binding.title}`, async () => {
				const screen = await openDetail({details: [story.detail], columns: 80, rows: 24});
				await screen.press(...story.before, key);
				story.check(screen, key);
				await screen.unmount();
			});
		}
	}
}

/** Those that leave the screen have their own tests below. */
const outside = ['detail.editor', 'detail.pager', 'detail.print'];

test('every key of the detail is tested', () => {
	assert.deepEqual(bindingsOf('detail').map(({command}) => command).filter(command => !(command in stories) && !outside.includes(command)), []);
});

const withProgram = async (run: (directory: string, program: string) => Promise<void>) => {
	const directory = await mkdtemp(path.join(tmpdir(), 'auditty-test-'));
	try {
		const program = path.join(directory, 'program');
		await writeFile(program, `#!/bin/sh\nfor last; do :; done\ncp "$last" '${directory}/seen'\nls -ln "$last" "$(dirname "$last")" > '${directory}/listing'\nprintf '%s\\n' "$@" > '${directory}/arguments'\n`);
		await chmod(program, 0o700);
		await run(directory, program);
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
};

test('v opens the part in $EDITOR, with its arguments, as indented JSON with its own literals, in a private file that is gone afterwards', async () => {
	await withProgram(async (directory, program) => {
		const screen = await openDetail({details: [detailOf({response_body: '{"n":1.10,"s":"\\u001b[31m\u202E"}'})], environment: {PATH: process.env['PATH'], EDITOR: `${program} -w`}});
		await screen.press('v');
		await readWhenThere(path.join(directory, 'arguments'));
		assert.equal(await readFile(path.join(directory, 'seen'), 'utf8'), '{\n  "n": 1.10,\n  "s": "\\u001b[31m\u202E"\n}\n');
		const [first, file] = (await readFile(path.join(directory, 'arguments'), 'utf8')).trim().split('\n');
		assert.equal(first, '-w');
		assert.match(path.basename(file!), /^log_12f8d7ff415061a645-response-[\da-f]{8}\.json$/);
		assert.match(await readFile(path.join(directory, 'listing'), 'utf8'), /^-rw------- /);
		await until(async () => !(await exists(path.dirname(file!))));
		assert.deepEqual(screen.called, ['suspend']);
		assert.deepEqual(screen.said, []);
		await screen.unmount();
	});
});

test('o opens the part in $PAGER, made safe', async () => {
	await withProgram(async (directory, program) => {
		const screen = await openDetail({details: [sampleDetails.hostile], environment: {PATH: process.env['PATH'], PAGER: program}});
		await screen.press('S-tab', 'o');
		await readWhenThere(path.join(directory, 'arguments'));
		const seen = await readFile(path.join(directory, 'seen'), 'utf8');
		assert.equal(seen, 'plain \\x1b[31mtext\\x1b[0m\nsecond\\u2028line \\u202eright to left\n\\x07bell\n');
		await screen.unmount();
	});
});

test('an editor that fails or is not there is said in one line', async () => {
	const environment = {PATH: process.env['PATH']};
	const failing = await openDetail({details: [nested], environment: {...environment, EDITOR: 'exit 3;'}});
	await failing.press('v');
	await until(() => failing.said.length > 0);
	assert.deepEqual(failing.said, ['failure: exit 3; ended with exit code 3']);
	await failing.unmount();

	const missing = await openDetail({details: [nested], environment: {...environment, VISUAL: '/nowhere/code -w'}});
	await missing.press('v');
	await until(() => missing.said.length > 0);
	assert.deepEqual(missing.said, ['failure: /nowhere/code -w was not found, set VISUAL to a program that is installed']);
	await missing.unmount();
});

test('P prints the whole record on the main screen, undecorated and safe', async () => {
	const screen = await openDetail({details: [sampleDetails.hostile]});
	screen.forget();
	await screen.press('P');
	await until(() => screen.output().includes('Enter goes back.'));
	assert.deepEqual(screen.called, ['suspend']);
	const printed = screen.output();
	assert.doesNotMatch(printed, /\u001B\[[02]?J|\u001B\]|[\u0000-\u0006\u0008\u000B-\u001A]|\u202E/u);
	assert.match(printed, /^log_\\x1b\[2Jevil · ✗ 400 failure/m);
	assert.match(printed, /^request {2}57 B text\nplain \\x1b\[31mtext/m);
	assert.match(printed, /^response {2}139 B JSON\n\{\n {2}"/m);
	await screen.unmount();
});

const exists = async (file: string): Promise<boolean> => stat(file).then(() => true, () => false);

const until = async (isDone: () => boolean | Promise<boolean>): Promise<void> => {
	for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
		if (await isDone()) {
			return;
		}

		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}

	assert.fail('never came true');
};

const readWhenThere = async (file: string): Promise<string> => {
	await until(async () => (await exists(file)) && (await readFile(file, 'utf8')) !== '');
	return readFile(file, 'utf8');
};
