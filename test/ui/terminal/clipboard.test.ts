import {test} from 'node:test';
import assert from 'node:assert/strict';
import {mkdtemp, readdir, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {clipboardSequence, mostEncodedBytes} from '../../../source/ui/terminal/clipboard.ts';
import {copyText} from '../../../source/ui/terminal/copy-text.ts';

const plain = '\u001B]52;c;aMOpbGxv\u0007';

test('a text goes to the clipboard of the terminal by OSC 52', () => {
	assert.equal(clipboardSequence('héllo', {TERM: 'xterm-256color'}), plain);
});

test('inside tmux it goes both ways that tmux may allow, escapes doubled in the wrapped one', () => {
	assert.equal(clipboardSequence('héllo', {TMUX: '/tmp/tmux-0/default,1,0', TERM: 'screen-256color'}), `${plain}\u001BPtmux;\u001B\u001B]52;c;aMOpbGxv\u0007\u001B\\`);
});

test('inside screen it goes in chunks that screen passes on whole', () => {
	assert.equal(clipboardSequence('héllo', {STY: '1.pts-0.host'}), `\u001BP${plain}\u001B\\`);
	const sequence = clipboardSequence('x'.repeat(1000), {TERM: 'screen'})!;
	const chunks = [...sequence.matchAll(/\u001BP([^]*?)\u001B\\/g)].map(([, chunk]) => chunk!);
	assert.ok(chunks.length > 1 && chunks.every(chunk => chunk.length <= 240));
	assert.equal(chunks.join(''), clipboardSequence('x'.repeat(1000), {}));
});

test('the limit counts encoded bytes', () => {
	const most = mostEncodedBytes - (mostEncodedBytes % 4);
	assert.equal(most, 74_992);
	assert.equal(clipboardSequence('x'.repeat(most / 4 * 3), {})?.length, most + 8);
	assert.equal(clipboardSequence('x'.repeat(most / 4 * 3 + 1), {}), null);
});

const copy = async (text: string, filesDirectory: string) => {
	const said: string[] = [];
	let written = '';
	await copyText({what: 'Response body', text, name: '../../log_1-Response body', suffix: 'json'}, {
		environment: {}, filesDirectory,
		say: (message, kind = 'note') => said.push(`${kind}: ${message}`),
		writeToTerminal(data) {
			written += data;
		},
	});
	return {said, written};
};

test('it says that it was sent, never that it arrived', async () => {
	const {said, written} = await copy('héllo', '/nonexistent');
	assert.equal(written, plain);
	assert.deepEqual(said, ['note: Response body sent to the terminal, 6 B']);
});

test('what is too large is a private file, and its path is said', async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'auditty-test-'));
	try {
		const text = 'x'.repeat(60_000);
		const {said, written} = await copy(text, path.join(directory, 'copied'));
		const [name] = await readdir(path.join(directory, 'copied'));
		const file = path.join(directory, 'copied', name!);
		assert.match(name!, /^log_1-Response-body-[\da-f]{8}\.json$/);
		assert.equal(await readFile(file, 'utf8'), text);
		assert.equal((await stat(file)).mode & 0o777, 0o600);
		assert.equal((await stat(path.dirname(file))).mode & 0o777, 0o700);
		assert.deepEqual(said, [`note: Response body is too large for the clipboard (60.0 kB): written to ${file}`]);
		assert.equal(written, '');
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
});

test('a file that cannot be written is a failure that names its cause', async () => {
	const {said} = await copy('x'.repeat(60_000), '/dev/null/copied');
	assert.match(said[0]!, /^failure: Response body is too large for the clipboard \(60\.0 kB\) and could not be written to \/dev\/null\/copied: E(?:NOTDIR|EXIST|NOENT)/);
});
