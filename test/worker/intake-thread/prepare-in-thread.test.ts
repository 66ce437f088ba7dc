import assert from 'node:assert/strict';
import {appendFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {openLogSource} from '../../../source/intake/open-log-source.ts';
import {importLogs, type ImportOptions} from '../../../source/services/import/import-logs.ts';
import {prepareLogs, type PrepareLogs} from '../../../source/services/import/prepare-logs.ts';
import {prepareInThread} from '../../../source/worker/intake-thread/prepare-in-thread.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';

const body = JSON.stringify({note: 'x'.repeat(1500), word: 'Zażółć ☕'});
const times = Array.from({length: 1800}, (_, index) => new Date(Date.UTC(2026, 10, 22) + index * 1000).toISOString());

const contents = {
	ndjson: times.map((at, index) => JSON.stringify({
		...index % 3 !== 0 && {id: `log_${index}`}, created_at: index % 9 === 0 ? times[0] : at, status: 200, method: 'POST', url: `/v1/orders?token=sesame-${index % 5}-open`, request_body: body,
	})).join('\n').replaceAll(/^(?=.{0,40}"log_1[0-9]")/gm, '{"no date":1}\n'),
	csv: `id,created_at,status,request_body\r\n${times.map((at, index) => `log_${index},${index % 50 === 0 ? 'no date' : at},200,"${body.replaceAll('"', '""')}"\r\n`).join('')}`,
	har: JSON.stringify({log: {version: '1.2', entries: times.map((at, index) => ({
		startedDateTime: index % 7 === 0 ? times[0] : at, time: 5,
		request: {method: 'POST', url: 'https://shop.example/v1/orders', headers: [{name: 'Authorization', value: `Bearer sesame-open-${index % 3}`}], postData: {mimeType: 'application/json', text: body}},
		response: {status: 201, headers: [], content: {mimeType: 'application/json', text: '{}'}},
	}))}}),
};

const run = async (context: TestContext, file: string, prepare: PrepareLogs, options: Partial<ImportOptions> = {}) => {
	const store = await temporaryStore(context);
	const secrets = new Set<string>();
	const report = await importLogs({
		store, source: await openLogSource({from: {path: file}}), now: () => Date.now(), prepare,
		redaction: {fingerprintKey: Buffer.from('key'), extraKeys: [], onSecret: secret => secrets.add(secret)}, ...options,
	});
	const logs = await store.read('SELECT * FROM logs JOIN log_contents USING (seq) ORDER BY seq');
	return {report, secrets: [...secrets].sort(), logs: logs.map(({stored_at, ...log}) => log)};
};

for (const [format, content] of Object.entries(contents)) {
	test(`of a ${format} file a thread makes the same logs, counts and secrets as this thread does, also of one that ends in the middle`, async context => {
		const file = path.join(temporaryDirectory(context), `logs.${format}`);
		for (const text of [content, content.slice(0, -700)]) {
			writeFileSync(file, text);
			const here = await run(context, file, prepareLogs);
			assert.ok(here.logs.length > 1500);
			assert.deepEqual(await run(context, file, prepareInThread), here);
		}
	});
}

test('an import that is asked to stop ends, keeps what was stored, and leaves no thread behind', async context => {
	const file = path.join(temporaryDirectory(context), 'logs.ndjson');
	writeFileSync(file, contents.ndjson);
	appendFileSync(file, `\n${contents.ndjson.replaceAll('"log_', '"log_more_')}`);
	const stopping = new AbortController();
	const {report, logs} = await run(context, file, prepareInThread, {signal: stopping.signal, onProgress: () => stopping.abort()});
	assert.equal(report.is_interrupted, true);
	assert.ok(logs.length > 0 && logs.length < 3600);
	assert.equal(report.inserted, logs.length);
});

test('a file that is gone when the thread opens it is the same fault as it is here', async context => {
	const file = path.join(temporaryDirectory(context), 'logs.ndjson');
	writeFileSync(file, contents.ndjson);
	const source = await openLogSource({from: {path: file}});
	await assert.rejects(run(context, file, prepareInThread, {source: {...source, plainFile: {path: `${file}.gone`, after: null}}}), {name: 'Fault', message: /does not exist/, remedy: 'check the path'});
});
