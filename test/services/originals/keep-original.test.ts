import assert from 'node:assert/strict';
import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {Readable} from 'node:stream';
import {test, type TestContext} from 'node:test';
import {gzipSync} from 'node:zlib';
import {redactorOf} from '../../../source/domain/redaction/redactor.ts';
import {createServices} from '../../../source/services/create-services.ts';
import {setSetting} from '../../../source/services/project-settings.ts';
import {schedulePurge} from '../../../source/services/purge/schedule-purge.ts';
import {type ServiceContext} from '../../../source/services/service-context.ts';
import {startImport} from '../../../source/services/import/start-import.ts';
import {keepOriginal} from '../../../source/services/originals/keep-original.ts';
import {createSecretLedger} from '../../../source/services/originals/secret-ledger.ts';
import {readRecord} from '../../../source/store/query/read-record.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {work} from '../export/make-export.ts';

const today = Date.UTC(2026, 10, 22, 12);

const open = async (context: TestContext): Promise<ServiceContext> =>
	({store: await temporaryStore(context), dataDirectory: temporaryDirectory(context), now: () => today});

const importFile = async (context: ServiceContext, name: string, content: string | Buffer) => {
	const file = path.join(context.dataDirectory, name);
	writeFileSync(file, content);
	const {id} = await startImport(context, {path: file});
	await work(context);
	const task = await readRecord(context.store, 'tasks', id);
	assert.equal(task?.record.status, 'done', task?.record.error ?? '');
	return {id, result: task.record.result as Readonly<Record<string, unknown>>, services: createServices(context)};
};

const line = (log: object): string => `${JSON.stringify({created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'POST', ...log})}\n`;
const innocent = `  ${line({id: 'log_1', url: '/v1/orders', request_body: '{"amount":  5, "name": "Zażółć 😀"}'})}\r\n${line({id: 'log_2', url: '/b'})}`;

test('a file without secrets is kept byte for byte, for its owner only, and found by the task and by each log', async t => {
	const context = await open(t);
	const {id, result, services} = await importFile(context, 'a.ndjson', innocent);
	for (const by of [id, 'log_1', 'log_2']) {
		const found = await services.download({id: by});
		assert.partialDeepStrictEqual(found, {kind: 'original', name: 'a.ndjson', bytes: Buffer.byteLength(innocent), isText: true, secretsReplaced: 0});
		assert.equal(readFileSync(found.path ?? '', 'utf8'), innocent);
		assert.equal(statSync(found.path ?? '').mode & 0o777, 0o600);
		assert.equal(path.basename(found.path ?? ''), (result['original'] as {readonly sha256: string}).sha256);
	}
});

test('a compressed file without secrets stays compressed', async t => {
	const context = await open(t);
	const packed = gzipSync(innocent);
	const {id, services} = await importFile(context, 'a.ndjson.gz', packed);
	const found = await services.download({id});
	assert.partialDeepStrictEqual(found, {name: 'a.ndjson.gz', isText: false});
	assert.deepEqual(readFileSync(found.path ?? ''), packed);
});

test('compressed data is known as such, however its first bytes come', async t => {
	const context = await open(t);
	const packed = gzipSync(innocent);
	const kept = await keepOriginal({
		directory: context.dataDirectory, format: 'ndjson', redactor: redactorOf({fingerprintKey: Buffer.from('key'), extraKeys: []}), secrets: createSecretLedger(), mayHoldSecrets: false,
		countSecrets: () => Promise.resolve(0), signal: new AbortController().signal,
		original: {name: null, read: () => Readable.from([packed.subarray(0, 1), packed.subarray(1)])},
	});
	assert.partialDeepStrictEqual(kept, {kind: 'kept', original: {name: 'standard-input.ndjson.gz', isCompressed: true, bytes: packed.length}});
});

const secrets = ['sk_live_51Hx9f2eZvKYlo2C0abcdef', 'p/assword+1=="x', 'c0ffee00-app-token-0001', 'sess-98765432101234'];
const files: Readonly<Record<string, string>> = {
	'a.ndjson': line({id: 'log_1', url: `/v1?api_key=${secrets[0]}`, request_headers: {Authorization: `Bearer ${secrets[0]}`, Cookie: `sid=${secrets[3]}; theme=dark`}, request_body: JSON.stringify({password: secrets[1], amount: 5})})
		+ line({id: 'log_2', url: '/plain', request_body: 'nothing'}),
	'a.csv': `id,created_at,status,url,request_body\r\nlog_1,2026-11-22T10:00:00.000Z,200,/v1?api_key=${secrets[0]},"${JSON.stringify({password: secrets[1], amount: 5}).replaceAll('"', '""')}"\r\nlog_2,2026-11-22T10:00:00.000Z,200,/plain,nothing\r\n`,
	'a.har': JSON.stringify({log: {version: '1.2', creator: {name: 'test', version: '1'}, entries: [{
		startedDateTime: '2026-11-22T10:00:00.000Z', time: 5,
		request: {
			method: 'POST', url: `https://api.example.com/v1?api_key=${secrets[0]}`, httpVersion: 'HTTP/1.1',
			headers: [{name: 'X-App-Token', value: secrets[2]}, {name: 'Cookie', value: `sid=${secrets[3]}`}], cookies: [{name: 'sid', value: secrets[3]}],
			queryString: [{name: 'api_key', value: secrets[0]}], postData: {mimeType: 'application/json', text: JSON.stringify({password: secrets[1]})}, headersSize: -1, bodySize: -1,
		},
		response: {status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers: [], cookies: [], content: {size: 2, mimeType: 'text/plain', text: 'ok'}, redirectURL: '', headersSize: -1, bodySize: -1},
		cache: {}, timings: {send: 0, wait: 5, receive: 0},
	}]}}, null, 1),
};

for (const [name, content] of Object.entries(files)) {
	for (const isPacked of [false, true]) {
		test(`secrets in ${isPacked ? `${name}.gz` : name} are replaced in the copy, and nothing else`, async t => {
			const context = await open(t);
			const {id, result, services} = await importFile(context, isPacked ? `${name}.gz` : name, isPacked ? gzipSync(content) : content);
			const found = await services.download({id});
			const text = readFileSync(found.path ?? '', 'utf8');
			assert(found.secretsReplaced > 0 && found.isText);
			assert.equal(found.name, name);
			assert.partialDeepStrictEqual(result, {original: {secrets_replaced: found.secretsReplaced}});
			for (const secret of secrets) {
				assert.equal(text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)), false, `${secret} in ${text}`);
			}

			assert.match(text, /\[redacted/);
			// All that is no mark stands in the file, in the same order.
			let at = 0;
			for (const piece of text.split(/\[redacted(?:[ +][0-9a-f]{8})?\]/)) {
				at = content.indexOf(piece, at);
				assert.notEqual(at, -1, piece);
				at += piece.length;
			}

			const again = await importFile(await open(t), name, text);
			assert.partialDeepStrictEqual(again.result, {rejected: 0, secrets_replaced: 0});
			for (const file of readdirSync(path.dirname(found.path ?? ''))) {
				assert.equal(file, path.basename(found.path ?? ''));
			}
		});
	}
}

test('what cannot be made safe is not kept, and the task says so', async t => {
	const context = await open(t);
	const whole = gzipSync(files['a.ndjson'] ?? '');
	const {id, result, services} = await importFile(context, 'a.ndjson.gz', Buffer.concat([whole.subarray(0, whole.length - 12)]));
	assert.partialDeepStrictEqual(result, {original: null, original_not_kept: 'it cannot be unpacked to its end, and so not be searched for secrets'});
	await assert.rejects(services.download({id}), {message: `no file belongs to the background task ${id} (it cannot be unpacked to its end, and so not be searched for secrets)`});
});

test('where the copy cannot be written the logs are in, and the task says why it has no original', async t => {
	const context = await open(t);
	writeFileSync(path.join(context.dataDirectory, 'originals'), 'in the way');
	const {result} = await importFile(context, 'a.ndjson', innocent);
	assert.equal(result['original'], null);
	assert.match(String(result['original_not_kept']), /cannot be written: a part of its path is no directory/);
});

test('the setting originals: none keeps nothing', async t => {
	const context = await open(t);
	await setSetting(context.store, {key: 'originals', value: 'none'});
	const {id, services} = await importFile(context, 'a.ndjson', innocent);
	await assert.rejects(services.download({id}), {name: 'Fault'});
});

test('the same file imported twice is kept once, and goes when the logs of both are purged', async t => {
	const context = await open(t);
	await setSetting(context.store, {key: 'retention', value: '30 days'});
	const {id, services} = await importFile(context, 'a.ndjson', innocent);
	const second = await importFile(context, 'b.ndjson', innocent);
	const {path: file} = await services.download({id});
	assert.equal((await services.download({id: second.id})).path, file);

	const later = {...context, now: () => today + 31 * 86_400_000};
	await schedulePurge(later);
	await work(later);
	await assert.rejects(services.download({id}), {name: 'Fault'});
	assert.deepEqual(await context.store.read('SELECT count(*) AS count FROM logs'), [{count: 0}]);
});
