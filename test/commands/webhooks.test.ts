import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Webhook} from 'standardwebhooks';
import {startReceiver} from '../helpers/receiver.ts';
import {runCli, type CliOptions, type CliResult} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

type Json = Readonly<Record<string, unknown>>;

const objects = ({stdout}: CliResult): readonly Json[] => stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Json);

const runner = (options: CliOptions) => async (...args: readonly string[]): Promise<CliResult> => runCli(args, options);

test('an endpoint from its first day to its last: add, show, test, disable, enable, rotate, remove', async context => {
	const auditty = runner({home: temporaryDirectory(context)});
	const receiver = await startReceiver(context, response => response.writeHead(202).end('taken'));
	assert.match((await auditty('endpoint', 'list')).stderr, /no endpoint yet, add one/);
	const refused = await auditty('endpoint', 'add', receiver.url);
	assert.equal(refused.code, 2);
	assert.match(refused.stderr, /^auditty: 127\.0\.0\.1 is an address of a private network, .*webhooks\.allow_private true\n$/);
	assert.equal((await auditty('settings', 'webhooks.allow_private', 'true')).code, 0);
	for (const [header, reason] of [['host: x', /host is set by auditty itself/], ['x-voucherify-signature: x', /set by auditty itself/], ['no colon', /no colon/]] as const) {
		const bad = await auditty('endpoint', 'add', receiver.url, '--header', header);
		assert.deepEqual([bad.code, reason.test(bad.stderr)], [2, true], bad.stderr);
	}

	const tooMany = await auditty('endpoint', 'add', receiver.url, '--concurrency', '65');
	assert.deepEqual([tooMany.code, /from 1 to 64/.test(tooMany.stderr)], [2, true], tooMany.stderr);
	const [added] = objects(await auditty('endpoint', 'add', receiver.url, '--event', 'campaign.*', '--event', 'task.failed', '--header', 'x-team: loyalty', '--concurrency', '3', '--json'));
	const {id, secret} = added as {id: string; secret: string};
	assert.match(id, /^wh_[\da-f]{18}$/);
	assert.match(secret, /^whsec_/);
	assert.partialDeepStrictEqual(added, {target_url: receiver.url, events: ['campaign.*', 'task.failed'], active: true});

	const shown = await auditty('endpoint', 'show', id, '--json');
	assert.partialDeepStrictEqual(objects(shown)[0], {id, target_url: receiver.url, active: true, concurrency: 3});
	assert.match((await auditty('endpoint', 'show', id)).stdout, /^at once +3$/m);
	assert.match((await auditty('endpoint', 'list')).stdout, new RegExp(`^STATE +ENDPOINT ID +URL .*\nactive +${id} `));
	for (const {stdout} of [shown, await auditty('endpoint', 'list', '--json'), await auditty('endpoint', 'show', id)]) {
		assert.equal(stdout.includes(secret), false);
	}

	const tested = await auditty('endpoint', 'test', id);
	assert.equal(tested.code, 0, tested.stderr);
	assert.match(tested.stdout, /202[^]*taken/);
	assert.partialDeepStrictEqual(objects(await auditty('endpoint', 'test', id, '--json'))[0], {is_success: true, attempt: 1, status: 202, error: null});
	assert.equal(receiver.received[0]?.headers['x-team'], 'loyalty');
	new Webhook(secret).verify(receiver.received[0]?.body ?? '', receiver.received[0]?.headers as Record<string, string>);

	assert.equal((await auditty('endpoint', 'disable', id)).code, 0);
	assert.equal(objects(await auditty('endpoint', 'show', id, '--json'))[0]?.['active'], false);
	assert.equal((await auditty('endpoint', 'enable', id)).code, 0);
	const [rotated] = objects(await auditty('endpoint', 'rotate-secret', id, '--json'));
	assert.notEqual(rotated?.['secret'], secret);
	assert.equal((await auditty('emit', 'campaign.created', '--data', '{"id":"camp_1"}')).code, 0);
	assert.equal((await auditty('worker', '--until-idle')).code, 0);
	const last = receiver.received.at(-1);
	for (const known of [secret, String(rotated?.['secret'])]) {
		new Webhook(known).verify(last?.body ?? '', last?.headers as Record<string, string>);
	}

	await auditty('emit', 'campaign.deleted', '--data', '{}');
	await auditty('endpoint', 'disable', id);
	assert.match((await auditty('sendouts', 'type:campaign.deleted')).stdout, / held /);
	assert.match((await auditty('show', String(objects(await auditty('sendouts', 'type:campaign.deleted', '--json'))[0]?.['id']))).stdout, /Held +its endpoint is disabled/);
	assert.equal((await auditty('endpoint', 'remove', id)).code, 0);
	assert.deepEqual(objects(await auditty('sendouts', 'type:campaign.deleted', '--json')).map(({status}) => status), ['canceled']);
	const gone = await auditty('endpoint', 'show', id);
	assert.equal(gone.code, 1);
	assert.match(gone.stderr, new RegExp(`^auditty: .*${id}`));
});

test('emit makes an event once for a key; a broken receiver is seen, retried one by one and in bulk, and replayed', async context => {
	const auditty = runner({home: temporaryDirectory(context)});
	let isBroken = true;
	const receiver = await startReceiver(context, response => response.writeHead(isBroken ? 500 : 200).end(isBroken ? 'down' : 'fine'));
	await auditty('settings', 'webhooks.allow_private', 'true');
	const [endpoint] = objects(await auditty('endpoint', 'add', receiver.url, '--event', 'order.*', '--json'));
	const wh = String(endpoint?.['id']);
	const emit = ['emit', 'order.paid', '--data', '{"amount":10.50,"number":12345678901234567890,"odd":"\ue0000000"}', '--request-id', 'v-1', '--idempotency-key', 'order-1', '--json'];
	const [event] = objects(await auditty(...emit));
	assert.match(String(event?.['id']), /^evt_/);
	const again = await auditty(...emit);
	assert.equal(again.code, 0);
	assert.equal(objects(again)[0]?.['id'], event?.['id']);
	for (const args of [['emit', 'order.paid', '--data', '{broken'], ['emit', 'order.paid'], ['emit', 'no type!', '--data', '{}']]) {
		assert.equal((await auditty(...args)).code, 2, args.join(' '));
	}

	assert.equal((await auditty('worker', '--until-idle')).code, 0);
	const [sendout] = objects(await auditty('sendouts', '--json', 'request_id:v-1'));
	assert.partialDeepStrictEqual(sendout, {status: 'retrying', attempts: 1, request_id: 'v-1', source_id: wh});
	const id = String(sendout?.['id']);
	for (const args of [['show', id, '--json'], ['sendouts', '--json']]) {
		assert.match((await auditty(...args)).stdout, /"data":\{"amount":10\.50,"number":12345678901234567890,"odd":"\\ue0000000"\}/);
	}

	assert.match((await auditty('sendouts', '--csv')).stdout, /10\.50.*12345678901234567890/);
	const failed = await auditty('retry', id);
	assert.equal(failed.code, 1);
	assert.equal(failed.stdout.includes(id), true);

	isBroken = false;
	const dry = await auditty('retry', '--query', 'status:retrying', '--dry-run', '--json');
	assert.equal(dry.code, 0);
	assert.equal(objects(dry)[0]?.['count'], 1);
	assert.equal(receiver.received.length, 2);
	const passed = await auditty('retry', id);
	assert.equal(passed.code, 0, passed.stderr);
	assert.equal((await auditty('retry', id)).code === 0 && receiver.received.length > 3, false, 'a success is not sent again without --force');
	assert.equal((await auditty('retry', id, '--force')).code, 0);
	assert.equal((await auditty('replay', wh, '--since', '1h', '--dry-run')).code, 0);
	const before = receiver.received.length;
	const replayed = await auditty('replay', wh, '--since', '1h');
	assert.equal(replayed.code, 0, replayed.stderr);
	assert.equal(receiver.received.length, before + 1);
	assert.deepEqual(new Set(receiver.received.map(({headers}) => headers['webhook-id'])), new Set([id]));
	const [whole] = objects(await auditty('show', id, '--json'));
	assert.equal((whole?.['attempt_log'] as readonly unknown[]).length, receiver.received.length);
	for (const args of [['retry'], ['retry', id, '--query', 'status:failed'], ['replay', wh], ['retry', '--query', 'nonsense:1']]) {
		assert.equal((await auditty(...args)).code, 2, args.join(' '));
	}

	assert.equal((await auditty('retry', 'whs_none')).code, 1);
});
