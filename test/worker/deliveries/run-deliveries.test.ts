import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Webhook} from 'standardwebhooks';
import {makeSecret, voucherifySignature} from '../../../source/domain/webhooks/signatures.ts';
import {insertLogs} from '../../../source/store/logs/insert-logs.ts';
import {setSetting} from '../../../source/services/project-settings.ts';
import {testEndpoint} from '../../../source/services/webhooks/endpoints.ts';
import {reportFailedLogs} from '../../../source/services/webhooks/report-failed-logs.ts';
import {type Store} from '../../../source/store/store.ts';
import {deliver, emit, subscribe} from '../../helpers/deliveries.ts';
import {makeLog} from '../../helpers/make-log.ts';
import {startReceiver} from '../../helpers/receiver.ts';
import {storeKinds, temporaryStore} from '../../helpers/temporary-store.ts';

const minuteMs = 60_000;

const sendouts = async (store: Store) => store.read('SELECT status, attempts, error FROM sendouts ORDER BY seq');

for (const kind of storeKinds) {
	test(`${kind}: an event goes to each endpoint that subscribed, once, with an envelope and signatures that verify`, async context => {
		const store = await temporaryStore(context, kind);
		const receiver = await startReceiver(context, response => response.writeHead(200, {'set-cookie': 'session=planted'}).end('fine'));
		const secret = makeSecret();
		await subscribe(store, 'wh_1', receiver.url, secret);
		await subscribe(store, 'wh_2', receiver.url, makeSecret(), ['campaign.*']);
		await emit(store, 3);
		await deliver(store);
		assert.deepEqual(await sendouts(store), Array.from({length: 3}, () => ({status: 'success', attempts: 1, error: null})));
		assert.equal(receiver.received.length, 3);
		for (const {body, headers} of receiver.received) {
			assert.equal(headers['x-voucherify-signature'], voucherifySignature(body, secret));
			const envelope = new Webhook(secret).verify(body, headers as Record<string, string>) as {id: string; source: {id: string}; event: {group_id: string}};
			assert.deepEqual([envelope.id, envelope.source.id, envelope.event.group_id], [headers['webhook-id'], 'wh_1', 'v-1']);
			assert.match(body, /"data":\{"n":\d,"price":10\.50\}/);
		}

		assert.deepEqual(await store.read(`SELECT count(*) AS found FROM attempts WHERE response_headers LIKE '%planted%' OR response_body <> 'fine'`), [{found: 0}]);
	});
}

test('a sendout that always fails is retried twelve times by the table, then has failed, and its endpoint is disabled and told of', async context => {
	const store = await temporaryStore(context);
	const receiver = await startReceiver(context, response => response.writeHead(500).end('broken'));
	const watcher = await startReceiver(context, response => response.end());
	const clock = {now: Date.now()};
	const now = (): number => clock.now;
	await subscribe(store, 'wh_1', receiver.url, makeSecret(), ['redemption.failed']);
	await subscribe(store, 'wh_2', watcher.url, makeSecret(), ['endpoint.disabled', 'sendout.exhausted']);
	await emit(store, 1);
	const start = clock.now + 1000;
	const sentAt: number[] = [];
	clock.now = start;
	for (;;) {
		await deliver(store, {now});
		const [row] = await store.read(`SELECT status, sent_at, next_attempt_at FROM sendouts WHERE source_id = 'wh_1'`);
		if (sentAt.at(-1) !== row?.sent_at) {
			sentAt.push(Number(row?.sent_at));
		}

		if (row?.status === 'failed') {
			break;
		}

		assert.equal(row?.status, 'retrying');
		// Past the breaker's pause too.
		clock.now = Math.max(Number(row.next_attempt_at), clock.now + 30_000);
	}

	const minutes = sentAt.map(at => Math.round((at - (sentAt[0] ?? 0)) / minuteMs));
	assert.deepEqual(minutes, [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440]);
	assert.equal(new Set(receiver.received.map(({headers}) => headers['webhook-id'])).size, 1);
	assert.deepEqual(await store.read(`SELECT is_enabled FROM endpoints WHERE id = 'wh_1'`), [{is_enabled: 0}]);
	// The events are of the database's own time.
	clock.now += minuteMs;
	await deliver(store, {now});
	assert.deepEqual(watcher.received.map(({body}) => (JSON.parse(body) as {type: string}).type).sort(), ['endpoint.disabled', 'sendout.exhausted']);
});

test('ten failures in a row open the breaker, one probe goes when its pause is over, and a success closes it', async context => {
	const store = await temporaryStore(context);
	let isBroken = true;
	const receiver = await startReceiver(context, response => response.writeHead(isBroken ? 503 : 200).end());
	const clock = {now: Date.now()};
	const now = (): number => clock.now;
	await subscribe(store, 'wh_1', receiver.url);
	await emit(store, 40);
	clock.now += 1000;
	await deliver(store, {now});
	const [lane] = await store.read(`SELECT failures, blocked_until FROM lanes WHERE name = 'endpoint:wh_1'`);
	const beforeProbe = receiver.received.length;
	assert.ok(Number(lane?.failures) >= 10 && Number(lane?.blocked_until) > clock.now);
	assert.equal(beforeProbe, 10, 'the fewer at once, the more failed');
	clock.now = Number(lane?.blocked_until) + 1;
	await deliver(store, {now});
	assert.equal(receiver.received.length, beforeProbe + 1);
	isBroken = false;
	clock.now += 10 * minuteMs;
	await deliver(store, {now});
	assert.deepEqual(await store.read(`SELECT DISTINCT status FROM sendouts`), [{status: 'success'}]);
	assert.deepEqual(await store.read(`SELECT failures FROM lanes WHERE name = 'endpoint:wh_1'`), [{failures: 0}]);
});

test('a test that is answered well lets what waits behind an open breaker go, one that fails does not', async context => {
	const store = await temporaryStore(context);
	const services = {store, now: () => Date.now(), dataDirectory: '/nowhere'};
	let isBroken = true;
	const receiver = await startReceiver(context, response => response.writeHead(isBroken ? 500 : 200).end());
	await subscribe(store, 'wh_1', receiver.url);
	await emit(store, 15);
	await deliver(store);
	const statuses = async () => store.read(`SELECT status, count(*) AS count FROM sendouts WHERE type <> 'endpoint.test' GROUP BY status ORDER BY status`);
	const held = [{status: 'pending', count: 5}, {status: 'retrying', count: 10}];
	assert.deepEqual(await statuses(), held);
	await testEndpoint(services, {id: 'wh_1'});
	await deliver(store);
	assert.deepEqual(await statuses(), held);
	isBroken = false;
	await testEndpoint(services, {id: 'wh_1'});
	await deliver(store);
	assert.deepEqual(await statuses(), [{status: 'retrying', count: 10}, {status: 'success', count: 5}]);
	assert.deepEqual(await store.read(`SELECT failures, max_running FROM lanes WHERE name = 'endpoint:wh_1'`), [{failures: 0, max_running: 8}]);
});

test('of an endpoint that answers all is delivered while others hang, refuse and break', async context => {
	const store = await temporaryStore(context);
	const answering = Promise.withResolvers<void>();
	const hanging = await startReceiver(context, response => void answering.promise.then(() => response.end()));
	const well = await startReceiver(context, (response, {body}) => {
		response.end();
		if ((JSON.parse(body) as {data: {n: number}}).data.n === 99) {
			answering.resolve();
		}
	});
	for (const index of Array.from({length: 90}).keys()) {
		await subscribe(store, `wh_hangs_${index}`, hanging.url, makeSecret(), ['customer.updated'], 64);
	}

	await subscribe(store, 'wh_refuses', 'http://127.0.0.1:1/hook');
	await subscribe(store, 'wh_well', well.url, makeSecret(), ['redemption.failed']);
	await emit(store, 12, 'customer.updated');
	await emit(store, 100);
	// The others answer only when the last one was delivered here: waiting for any of them would never end.
	await deliver(store, {limitMs: 120_000});
	assert.equal(well.received.length, 100);
	assert.deepEqual(await store.read(`SELECT source_id, count(*) AS failed FROM sendouts WHERE status = 'retrying' GROUP BY source_id`), [{source_id: 'wh_refuses', failed: 10}]);
});

test('no more deliveries to an endpoint run at once than it takes, and its breaker goes back to as many', async context => {
	const store = await temporaryStore(context);
	let isBroken = true;
	let open = 0;
	let most = 0;
	const receiver = await startReceiver(context, response => {
		most = Math.max(most, ++open);
		response.on('close', () => open--);
		setTimeout(() => response.writeHead(isBroken ? 500 : 200).end(), 20);
	});
	const clock = {now: Date.now()};
	const now = (): number => clock.now;
	await subscribe(store, 'wh_1', receiver.url, makeSecret(), ['*'], 3);
	await emit(store, 30);
	clock.now += 1000;
	await deliver(store, {now});
	assert.deepEqual([receiver.received.length, most], [10, 3]);
	isBroken = false;
	clock.now += 10 * minuteMs;
	most = 0;
	await deliver(store, {now});
	assert.deepEqual([receiver.received.length, most], [40, 3]);
});

test('what was under way when the breaker opened makes no pause longer', async context => {
	const store = await temporaryStore(context);
	const receiver = await startReceiver(context, response => response.writeHead(500).end());
	const clock = {now: Date.now()};
	const now = (): number => clock.now;
	await subscribe(store, 'wh_1', receiver.url, makeSecret(), ['*'], 64);
	await emit(store, 70);
	clock.now += 1000;
	const pauses: number[] = [];
	for (const _ of [1, 2, 3]) {
		await deliver(store, {now});
		const [lane] = await store.read(`SELECT blocked_until FROM lanes WHERE name = 'endpoint:wh_1'`);
		pauses.push((Number(lane?.blocked_until) - clock.now) / 1000);
		clock.now = Number(lane?.blocked_until);
	}

	assert.deepEqual([receiver.received.length, pauses], [66, [30, 60, 120]]);
});

test('of odd answers each attempt says what was wrong, and none is followed, inflated or waited for too long', async context => {
	const store = await temporaryStore(context);
	const trap = await startReceiver(context, response => response.end('secret'));
	const cases: Readonly<Record<string, readonly [answer: Parameters<typeof startReceiver>[1], error: RegExp | null]>> = {
		wh_redirect: [response => response.writeHead(302, {location: trap.url}).end(), /HTTP 302: a redirect to .* is not followed/],
		wh_hang: [() => undefined, /no answer within/],
		wh_drip: [response => {
			response.writeHead(200);
			const timer = setInterval(() => response.write('x'), 50);
			response.on('close', () => clearInterval(timer));
		}, /within/],
		wh_reset: [response => response.destroy(), /closed|reset/],
		wh_gone: [response => response.writeHead(410).end(), /HTTP 410/],
		wh_flood: [response => {
			response.writeHead(200);
			response.end('x'.repeat(3_000_000));
		}, null],
	};
	for (const [id, [answer]] of Object.entries(cases)) {
		await subscribe(store, id, (await startReceiver(context, answer)).url);
	}

	await emit(store, 1);
	await deliver(store, {limitMs: 700});
	for (const [id, [, error]] of Object.entries(cases)) {
		const [attempt] = await store.read('SELECT error, length(response_body) AS kept FROM attempts WHERE endpoint_id = ?', [id]);
		if (error === null) {
			assert.equal(attempt?.error, null);
			assert.equal(attempt?.kept, 65_536);
		} else {
			assert.match(String(attempt?.error), error, id);
		}
	}

	assert.equal(trap.received.length, 0);
	assert.deepEqual(await store.read(`SELECT is_enabled FROM endpoints WHERE id = 'wh_gone'`), [{is_enabled: 0}]);
});

test('nothing goes to an address that is not public, by number or by a name that leads there, unless it is allowed', async context => {
	const store = await temporaryStore(context);
	const receiver = await startReceiver(context, response => response.end());
	const {port} = new URL(receiver.url);
	const hosts = ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '169.254.169.254', '10.0.0.1', 'localhost', 'rebinding.example'];
	for (const [index, host] of hosts.entries()) {
		await subscribe(store, `wh_${index}`, `http://${host}:${port}/hook`);
	}

	await emit(store, 1);
	const lookup = ((_: string, __: unknown, callback: (error: null, addresses: unknown) => void) => {
		callback(null, [{address: '127.0.0.1', family: 4}]);
	}) as never;
	await deliver(store, {isPrivateAllowed: false, lookup});
	const attempts = await store.read('SELECT error FROM attempts');
	assert.equal(attempts.length, hosts.length);
	for (const {error} of attempts) {
		assert.match(String(error), /no public address/);
	}

	assert.equal(receiver.received.length, 0);
});

test('log.failed is made of each log that comes in and that the setting finds, once', async context => {
	const store = await temporaryStore(context);
	const now = (): number => Date.now();
	const given = {store, dataDirectory: '/nowhere', now};
	await subscribe(store, 'wh_1', 'https://hooks.example.com/', makeSecret(), ['log.failed']);
	await insertLogs(store, [makeLog({id: 'log_before', status: 500, outcome: 'failure'})], {storedAt: 1});
	await setSetting(store, {key: 'webhooks.log_failed', value: 'status:5xx'});
	await reportFailedLogs(given);
	await insertLogs(store, [makeLog({id: 'log_1', status: 500, outcome: 'failure', request_id: 'v-9'}), makeLog({id: 'log_2', status: 200})], {storedAt: 2});
	await Promise.all([reportFailedLogs(given), reportFailedLogs(given)]);
	await reportFailedLogs(given);
	assert.deepEqual(await store.read('SELECT entity_id, request_id FROM events'), [{entity_id: 'log_1', request_id: 'v-9'}]);
	assert.deepEqual(await store.read('SELECT type, status FROM sendouts'), [{type: 'log.failed', status: 'pending'}]);
	await assert.rejects(setSetting(store, {key: 'webhooks.log_failed', value: 'nonsense:1'}), /cannot be/);
});
