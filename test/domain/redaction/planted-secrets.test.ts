import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {test} from 'node:test';
import fc from 'fast-check';
import {redactorOf} from '../../../source/domain/redaction/redactor.ts';

const redactor = redactorOf({fingerprintKey: 'test key', extraKeys: ['shopper_code']});

/** No other part of a generated text holds these letters in this order. */
const secret = fc.stringMatching(/^Qz[A-Za-z0-9]{6,20}9Jx$/);

const words = ['access token', 'api key', 'client secret', 'password', 'private key', 'authorization', 'refresh token', 'secret', 'token', 'x app token', 'signing key', 'passphrase', 'db password', 'shopper code', 'session id'];

/** A secret's name in one of the ways in which people write names. */
const secretName = fc.tuple(fc.constantFrom(...words), fc.constantFrom(
	(name: string) => name.replaceAll(' ', '_'),
	(name: string) => name.replaceAll(' ', '-'),
	(name: string) => name.replaceAll(' ', ''),
	(name: string) => name.replaceAll(' ', '.'),
	(name: string) => name.toUpperCase().replaceAll(' ', '_'),
	(name: string) => name.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase()),
	(name: string) => name.replace(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase()),
)).map(([name, write]) => write(name));

const harmless = fc.oneof(fc.constantFrom<unknown>(null, true, 0, 1.5, '', 'text', 'a=b', 'x: y', '2026-11-22T10:00:00Z', 'say "hi"', '\n', 'é😀', [], {}), fc.integer());
const harmlessName = fc.constantFrom('id', 'n', 'name', 'items', 'data', 'user', 'a b', 'x"y', 'é');

/** Wraps a JSON value in others, at random. */
const wrapper = fc.oneof(
	fc.tuple(harmlessName, harmless, fc.boolean()).map(([name, other, isFirst]) => (value: unknown) => isFirst ? {[name]: value, other} : {other, [`${name}2`]: value}),
	fc.array(harmless, {maxLength: 3}).map(others => (value: unknown) => [...others, value]),
	fc.constant((value: unknown) => JSON.stringify(value)),
	fc.constantFrom(1, 2).map(space => (value: unknown) => ({body: JSON.stringify(value, null, space)})),
);

const escapeAtRandom = (text: string, seed: number): string => {
	let index = seed;
	// Letters within strings only: an escape elsewhere is no JSON.
	return text.replace(/"(?:[^"\\]|\\.)*"/g, literal => literal.replace(/\\.|[A-Za-z]/g, piece =>
		piece.length > 1 || ++index % 5 !== 0 ? piece : `\\u${piece.charCodeAt(0).toString(16).padStart(4, '0')}`));
};

const decodeAll = (text: string): string => {
	let decoded = text;
	for (let round = 0; round < 8; round++) decoded = decoded.replace(/\\+u([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
	return decoded;
};

const document = fc.tuple(secret, secretName, fc.array(wrapper, {maxLength: 6}), fc.boolean(), fc.nat(4)).map(([planted, name, wrappers, isList, seed]) => {
	const inner: unknown = {before: 1, [name]: isList ? ['x', {value: planted}] : planted, after: 2};
	const value = wrappers.reduce((wrapped: unknown, wrap) => wrap(wrapped), inner);
	return {planted, text: escapeAtRandom(JSON.stringify(value), seed)};
});

const isGone = (text: string, planted: string): void => {
	assert.ok(!decodeAll(text).includes(planted), text);
};

test('a secret planted anywhere in JSON never survives, and the document stays JSON', () => {
	fc.assert(fc.property(document, ({planted, text}) => {
		const {value, secretsReplaced} = redactor.text(text);
		isGone(value, planted);
		assert.ok(secretsReplaced > 0);
		JSON.parse(value);
		assert.deepEqual(redactor.text(value), {value, secretsReplaced: 0});
	}), {numRuns: 400});
});

test('nor does it in a document that is cut', () => {
	fc.assert(fc.property(document, fc.nat(), ({planted, text}, cut) => {
		const plain = text.indexOf(planted);
		const end = Math.max(plain < 0 ? 0 : plain + planted.length, text.length - (cut % text.length));
		if (plain >= 0) isGone(redactor.text(text.slice(0, end)).value, planted);
	}), {numRuns: 400});
});

test('nor in forms, URLs, headers and lines of text', () => {
	fc.assert(fc.property(secret, secretName, harmless.map(String), (planted, name, other) => {
		const encoded = encodeURIComponent(other);
		for (const text of [
			`a=${encoded}&${name}=${planted}&b=1`,
			`https://h.example/p?${name}=${planted}#x`,
			`p=${encodeURIComponent(JSON.stringify({[name]: planted}))}`,
			`--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${planted}\r\n--b--`,
			`<a><${name}>${planted}</${name}></a>`,
			`line\n${name}: ${planted}\n`,
			`${name} = "${planted}"`,
			`{'${name}': '${planted}'}`,
			`prefix {"x":{"${name}":["${planted}"]}} suffix`,
		]) {
			const {value} = redactor.text(text);
			isGone(value, planted);
			assert.equal(redactor.text(value).value, value);
		}

		isGone(JSON.stringify(redactor.headers({[name]: planted, Cookie: `a=b; c=${planted}`, 'X-Trace': ['a', `Bearer ${planted}`]}).value), planted);
	}), {numRuns: 200});
});

test('JSON without secrets stays as it is, byte for byte', () => {
	const naughty = createRequire(import.meta.url)('big-list-of-naughty-strings') as readonly string[];
	fc.assert(fc.property(fc.json({stringUnit: 'binary'}), text => {
		const {value, secretsReplaced} = redactor.text(text);
		if (secretsReplaced === 0) assert.equal(value, text);
	}));
	for (const text of naughty) assert.equal(redactor.text(JSON.stringify({text})).value, JSON.stringify({text}));
});

test('any text at all is redacted without an error, twice as once', () => {
	const pieces = fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', '=', '&', ',', ' ', '\n', '<', '>', '/', 'token', 'password', 'Bearer ', 'abcdef1234567890', '%22', '%7B', '%', 'eyJ', '://', '@', '--', 'name="secret"', '[redacted]', '[redacted 12345678]', 'form-data', '\'', '1', '\u0000', '\ud800');
	fc.assert(fc.property(fc.array(pieces, {maxLength: 30}).map(parts => parts.join('')), text => {
		const {value} = redactor.text(text);
		const again = redactor.text(redactor.text(value).value).value;
		assert.equal(redactor.text(again).value, again);
	}), {numRuns: 1000, examples: [['{name="secret":abcdef1234567890'], ['name="secret":Bearer abcdef1234567890']]});
});

test('the time for hostile text grows with its length, not faster', () => {
	const started = process.cpuUsage();
	for (const piece of ['{', '[', '"', '{"', '{"a":', '=', 'a=', 'token=', 'token:', ': ', '<a ', '<a>', '\\', '\\"', 'eyJ', 'eyJaaaaaa.', '://', '-----BEGIN PRIVATE KEY-----', 'Bearer ', '%22', 'a=%22', 'name="x" form-data\n', '{"a":"\\u0022', '[redacted ', 'token=[', 'token=["', 'token={\'']) {
		redactor.text(piece.repeat(Math.ceil(200_000 / piece.length)));
	}

	assert.ok(process.cpuUsage(started).user < 20_000_000);
});
