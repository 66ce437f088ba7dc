import assert from 'node:assert/strict';
import {Readable} from 'node:stream';
import {buffer} from 'node:stream/consumers';
import {test} from 'node:test';
import {createGzip} from 'node:zlib';
import {Webhook} from 'standardwebhooks';
import {makeSecret, standardSignature, voucherifySignature} from '../../../source/domain/webhooks/signatures.ts';
import {replaceSecret} from '../../../source/store/webhooks/endpoints.ts';
import {deliver, emit, subscribe} from '../../helpers/deliveries.ts';
import {startReceiver} from '../../helpers/receiver.ts';
import {temporaryStore} from '../../helpers/temporary-store.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

test('Retry-After of a receiver is honoured, in seconds or as a date, up to an hour and never below the schedule', async context => {
	const store = await temporaryStore(context);
	const clock = {now: Date.now() + 1000};
	const cases: ReadonlyArray<readonly [status: number, value: string | null, minutes: number]> = [
		[429, '600', 10], [503, new Date(clock.now + (15 * minuteMs)).toUTCString(), 15], [429, '86400', 60], [503, new Date(clock.now + dayMs).toUTCString(), 60],
		[429, '5', 1], [503, new Date(clock.now - dayMs).toUTCString(), 1], [429, 'soon', 1], [503, '-600', 1], [500, '1200', 20], [503, null, 1],
	];
	for (const [index, [status, value]] of cases.entries()) {
		const {url} = await startReceiver(context, response => response.writeHead(status, value === null ? {} : {'retry-after': value}).end());
		await subscribe(store, `wh_${index}`, url);
	}

	await emit(store, 1);
	await deliver(store, {now: () => clock.now});
	const rows = await store.read('SELECT source_id, status, next_attempt_at FROM sendouts ORDER BY seq');
	assert.deepEqual(
		rows.map(({source_id: id, status, next_attempt_at: next}) => [id, status, Math.round((Number(next) - clock.now) / minuteMs)]),
		cases.map(([, , minutes], index) => [`wh_${index}`, 'retrying', minutes]),
	);
});

test('a gzip bomb is kept as what it is: not inflated, cut, in flat memory', async context => {
	const store = await temporaryStore(context);
	const megabyte = Buffer.alloc(1_000_000);
	const bomb = await buffer(Readable.from(Array.from({length: 300}, () => megabyte)).pipe(createGzip()));
	const receiver = await startReceiver(context, response => response.writeHead(200, {'content-type': 'text/plain', 'content-encoding': 'gzip'}).end(bomb));
	await subscribe(store, 'wh_bomb', receiver.url);
	await emit(store, 1);
	const before = process.resourceUsage().maxRSS;
	await deliver(store);
	assert.ok(process.resourceUsage().maxRSS - before < 150_000, 'kilobytes; inflated it has 300,000');
	assert.deepEqual(await store.read('SELECT status, error, response_body FROM attempts'), [{status: 200, error: null, response_body: '[more than 65536 bytes, text/plain, gzip]'}]);
});

test('an answer without end is cut and its connection closed; endless headers are a failure', async context => {
	const store = await temporaryStore(context);
	const closed = Promise.withResolvers<number>();
	let sent = 0;
	const withoutEnd = function * (): Generator<string> {
		for (const chunk = 'x'.repeat(65_536); ;) {
			sent += chunk.length;
			yield chunk;
		}
	};

	await subscribe(store, 'wh_pours', (await startReceiver(context, response => {
		response.once('close', () => closed.resolve(sent));
		Readable.from(withoutEnd()).pipe(response.writeHead(200, {'content-type': 'text/plain'}));
	})).url);
	await subscribe(store, 'wh_headers', (await startReceiver(context, response => response.writeHead(200, {'x-much': 'x'.repeat(40_000)}).end())).url);
	await emit(store, 1);
	await deliver(store);
	assert.ok(await closed.promise < 32_000_000, 'what fits into the buffers on the way');
	assert.deepEqual(await store.read('SELECT endpoint_id, status, length(response_body) AS kept, error FROM attempts ORDER BY endpoint_id'), [
		{endpoint_id: 'wh_headers', status: null, kept: null, error: 'the headers of the answer are too large (UND_ERR_HEADERS_OVERFLOW)'},
		{endpoint_id: 'wh_pours', status: 200, kept: 65_536, error: null},
	]);
});

test('410 disables the endpoint: its sendout has failed, what waits is held, and new events pass it by', async context => {
	const store = await temporaryStore(context);
	const receiver = await startReceiver(context, response => response.writeHead(410).end('gone'));
	await subscribe(store, 'wh_gone', receiver.url, makeSecret(), ['redemption.*'], 1);
	await subscribe(store, 'wh_other', 'http://127.0.0.1:1/', makeSecret(), ['endpoint.disabled']);
	await emit(store, 3);
	await deliver(store);
	await emit(store, 1, 'redemption.succeeded');
	assert.equal(receiver.received.length, 1);
	assert.deepEqual(await store.read('SELECT is_enabled, disabled_reason FROM endpoints ORDER BY seq LIMIT 1'), [{is_enabled: 0, disabled_reason: 'it answered 410 Gone'}]);
	assert.deepEqual(await store.read(`SELECT status, count(*) AS count FROM sendouts WHERE source_id = 'wh_gone' GROUP BY status`), [{status: 'failed', count: 1}, {status: 'pending', count: 2}]);
	assert.deepEqual(await store.read(`SELECT type FROM sendouts WHERE source_id = 'wh_other'`), [{type: 'endpoint.disabled'}]);
});

test('while a secret is rotated both sign; a day later the new one alone', async context => {
	const store = await temporaryStore(context);
	const receiver = await startReceiver(context, response => response.end());
	const clock = {now: Date.now() + 1000};
	const now = (): number => clock.now;
	const [first, second] = [makeSecret(), makeSecret()];
	await subscribe(store, 'wh_1', receiver.url, first);
	await store.write(replaceSecret('wh_1', second, clock.now));
	await emit(store, 1, 'a.during');
	await deliver(store, {now});
	const [during] = receiver.received;
	for (const secret of [first, second]) {
		new Webhook(secret).verify(during!.body, during!.headers as Record<string, string>);
	}

	assert.equal(during?.headers['x-voucherify-signature'], voucherifySignature(during!.body, second));
	clock.now += dayMs + 1000;
	await emit(store, 1, 'a.after');
	await deliver(store, {now});
	const {body, headers} = receiver.received.at(-1)!;
	const timestamp = Number(headers['webhook-timestamp']);
	assert.equal(headers['webhook-signature'], standardSignature({id: String(headers['webhook-id']), timestamp, body: Buffer.from(body), secrets: [second]}));
	assert.equal(headers['x-voucherify-signature'], voucherifySignature(body, second));
});
