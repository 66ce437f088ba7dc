import {test} from 'node:test';
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import fc from 'fast-check';
import {curlOf, shellQuote} from '../../source/domain/curl.ts';

const request = {method: 'POST', url: 'https://api.example.com/v1/redemptions?a=1', request_headers: {'Content-Type': 'application/json'}, request_body: '{"a":"it\'s"}'};

type Ran = {readonly arguments: readonly string[]; readonly input: Buffer};

/** Runs scripts in which curl is a function that tells its arguments and its input, all in one shell. */
const run = (scripts: readonly string[], shell: 'sh' | 'bash', variables: Readonly<Record<string, string>> = {}): readonly Ran[] => {
	const tell = String.raw`curl() { printf '%s\0' "$#" "$@"; if [ -n "$READS" ]; then cat; fi; printf '\0END\0'; }`;
	const {stdout, stderr, status} = spawnSync(shell, ['-c', `${tell}\n${scripts.join('\n')}`], {env: {PATH: process.env['PATH'], LC_ALL: 'C', ...variables}, input: '', maxBuffer: 1e8});
	assert.equal(status, 0, stderr.toString());
	const answers: Ran[] = [];
	for (let rest = stdout; rest.length > 0;) {
		const next = (): string => {
			const end = rest.indexOf(0);
			const word = rest.subarray(0, end).toString('utf8');
			rest = rest.subarray(end + 1);
			return word;
		};

		const words = Array.from({length: Number(next())}, next);
		const end = rest.indexOf('\0END\0');
		answers.push({arguments: words, input: rest.subarray(0, end)});
		rest = rest.subarray(end + 5);
	}

	return answers;
};

test('a request as a command that can be run', () => {
	assert.equal(curlOf(request), String.raw`curl --request POST \
  --globoff --url 'https://api.example.com/v1/redemptions?a=1' \
  --header 'Content-Type: application/json' \
  --data-raw '{"a":"it'\''s"}'`);
	assert.deepEqual(run([curlOf(request)!], 'sh')[0]!.arguments, [
		'--request', 'POST', '--globoff', '--url', request.url, '--header', 'Content-Type: application/json', '--data-raw', request.request_body,
	]);
});

test('a log without a host or with secrets says what to set, and runs once that is set', () => {
	const script = curlOf({
		method: 'GET', url: '/v1/x?token=[redacted+1a2b3c4d]&b=2', request_body: null,
		request_headers: {'X-App-Token': '[redacted 1a2b3c4d]', Authorization: 'Bearer [redacted 00000000]', Cookie: 'sid=[redacted]; theme=dark'},
	})!;
	assert.match(script, /^# The log names no host: set BASE_URL, such as https:\/\/api\.example\.com\n# Secrets are not stored: set TOKEN, X_APP_TOKEN, AUTHORIZATION, SID\ncurl /);
	const variables = {BASE_URL: 'http://localhost:1', TOKEN: 't "$x"', X_APP_TOKEN: 'x', AUTHORIZATION: 'a b', SID: '$(id)'};
	assert.deepEqual(run([script], 'sh', variables)[0]!.arguments, [
		'--request', 'GET', '--globoff', '--url', 'http://localhost:1/v1/x?token=t "$x"&b=2',
		'--header', 'X-App-Token: x', '--header', 'Authorization: Bearer a b', '--header', 'Cookie: sid=$(id); theme=dark',
	]);
});

test('a secret in a JSON body is a variable named by its key', () => {
	const script = curlOf({...request, request_body: '{"password":"[redacted]","a":1}'})!;
	assert.match(script, /set PASSWORD$/m);
	assert.equal(run([script], 'sh', {PASSWORD: 'pw'})[0]!.arguments.at(-1), '{"password":"pw","a":1}');
});

test('what curl makes itself is left out, several values are several headers, an empty one is sent', () => {
	const script = curlOf({...request, request_body: null, request_headers: {Host: 'x', 'content-length': '3', ':authority': 'x', 'Accept-Encoding': 'gzip, br', 'X-Many': ['1', '2'], 'X-Empty': ''}})!;
	assert.deepEqual(run([script], 'sh')[0]!.arguments.slice(5), ['--header', 'X-Many: 1', '--header', 'X-Many: 2', '--header', 'X-Empty;', '--compressed']);
});

test('nothing of a log makes curl read a file or take an option', () => {
	const script = curlOf({method: '--config /etc/passwd', url: 'file:///etc/passwd', request_headers: {'@/etc/passwd': '', 'X-A\nB': 'c'}, request_body: '@/etc/passwd'})!;
	assert.match(script, /# A header was left out/);
	assert.deepEqual(run([script], 'sh', {BASE_URL: 'https://h'})[0]!.arguments, ['--request', 'GET', '--globoff', '--url', 'https://h/file:///etc/passwd', '--data-raw', '@/etc/passwd']);
});

test('a body with NUL is written into curl, since no argument can hold it', () => {
	const body = 'a\0b\\n100%s\'"\u0007é\n';
	const script = curlOf({...request, request_body: body})!;
	assert.doesNotMatch(script, /\0/);
	for (const shell of ['sh', 'bash'] as const) {
		const [ran] = run([script], shell, {READS: 'yes'});
		assert.equal(ran!.arguments.at(-1), '@-');
		assert.equal(ran!.input.toString('utf8'), body);
	}
});

test('a log without a URL has no command', () => {
	assert.equal(curlOf({...request, url: null}), null);
});

test('HEAD does not wait for a body', () => {
	assert.match(curlOf({...request, method: 'HEAD', request_body: null})!, /^curl --head /);
});

const nasty = fc.oneof(
	fc.string({unit: 'binary'}), fc.string({unit: 'grapheme'}),
	fc.string({unit: fc.constantFrom('\'', '"', '\\', '$', '`', '!', '\n', '\r', '\t', ' ', '%', '(', ')', '*', '?', '~', '#', '&', ';', '|', '<', '>', '{', '}', '0', '1', '\u001B', '\u007F', '\u0085', '\u202E', '\u{E0001}', 'é', '日', '\uD800')}),
);

test('whatever a text holds, the shell reads it back as one word', () => {
	const texts = fc.sample(nasty, 400).map(text => text.replaceAll('\0', ''));
	const words = run([`curl ${texts.map(text => shellQuote(text)).join(' ')}`], 'bash')[0]!.arguments;
	assert.deepEqual(words, texts.map(text => text.toWellFormed()));
	const printable = texts.filter(text => !shellQuote(text).startsWith('$'));
	assert.ok(printable.length > 50);
	assert.deepEqual(run([`curl ${printable.map(text => shellQuote(text)).join(' ')}`], 'sh')[0]!.arguments, printable.map(text => text.toWellFormed()));
});

test('whatever a request holds, the command holds no raw control character but its own line breaks, and passes it on', () => {
	const requests = fc.sample(fc.record({url: nasty, header: nasty, body: nasty.filter(text => text !== '' && !text.includes('\0'))}), 150);
	const scripts = requests.map(({url, header, body}) => curlOf({method: 'POST', url: `https://h/${url}`, request_headers: {'X-A': `v${header}`}, request_body: body})!);
	for (const script of scripts) {
		assert.doesNotMatch(script.replaceAll(' \\\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
	}

	const ran = run(scripts, 'bash');
	for (const [index, {url, header, body}] of requests.entries()) {
		const {arguments: words} = ran[index]!;
		assert.deepEqual(words, [
			'--request', 'POST', '--globoff', '--url', `https://h/${url.replaceAll('\0', '%00')}`.toWellFormed(), '--header', `X-A: v${header.replaceAll('\0', '')}`.toWellFormed(), '--data-raw', body.toWellFormed(),
		]);
	}
});
