import assert from 'node:assert/strict';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {setTimeout as delay} from 'node:timers/promises';
import {makeSecret} from '../../source/domain/webhooks/signatures.ts';
import {openStore} from '../../source/store/open-store.ts';
import {insertEndpoint} from '../../source/store/webhooks/endpoints.ts';
import {insertEvent} from '../../source/store/webhooks/events.ts';
import {startReceiver} from '../helpers/receiver.ts';
import {startCli} from '../helpers/run-cli.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

/** 4 kills in `npm test`; `AUDITTY_FAULT_ROUNDS=100` for the whole. */
const rounds = Math.min(40, Number(process.env['AUDITTY_FAULT_ROUNDS'] ?? 4));
const events = process.env['AUDITTY_FAULT_ROUNDS'] === undefined ? 1200 : 10_000;

test(`${rounds} times a worker is killed during ${events} deliveries: each arrives at least once, under one ID, and is recorded`, async context => {
	const home = temporaryDirectory(context);
	const url = fileUrl(path.join(home, 'auditty.db'));
	const store = await openStore({url, isReadOnly: false});
	context.after(async () => store.close());
	const receiver = await startReceiver(context, response => setTimeout(() => response.end(), 5));
	await store.write([
		{sql: `INSERT INTO settings (key, value) VALUES ('webhooks.allow_private', 'true')`},
		...insertEndpoint({id: 'wh_1', target_url: receiver.url, events: ['*'], active: true, headers: {}, concurrency: 8, created_at: 1, disabled_reason: null}, makeSecret()),
	]);
	for (let first = 0; first < events; first += 500) {
		await store.write(Array.from({length: Math.min(500, events - first)}, (_, index) => insertEvent({id: `evt_${first + index}`, type: 'a.b', createdAt: Date.now(), requestId: null, entityId: null, data: `{"n":${first + index}}`})));
	}

	const options = {home, env: {AUDITTY_DB: url, AUDITTY_LEASE_MS: '1000'}};
	for (let round = 0; round < rounds; round++) {
		const before = receiver.received.length;
		const worker = startCli(['worker'], options);
		// In the middle of its work, or when nothing is left to do.
		const endsAt = performance.now() + 5000;
		while (receiver.received.length < Math.min(events, before + 30 + Math.floor(Math.random() * (events / rounds / 2))) && performance.now() < endsAt) {
			await delay(1);
		}

		worker.child.kill('SIGKILL');
		await worker.ended;
	}

	const last = startCli(['worker', '--until-idle'], options);
	assert.equal((await last.ended).code, 0, last.stderr());
	const idsOf = new Map<string, Set<string>>();
	for (const {body} of receiver.received) {
		const {id, event} = JSON.parse(body) as {id: string; event: {id: string}};
		idsOf.set(event.id, (idsOf.get(event.id) ?? new Set()).add(id));
	}

	assert.equal(idsOf.size, events, 'every event arrived');
	assert.ok([...idsOf.values()].every(ids => ids.size === 1), 'each under one ID');
	assert.deepEqual(await store.read('SELECT status, count(*) AS sendouts FROM sendouts GROUP BY status'), [{status: 'success', sendouts: events}]);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
	context.diagnostic(`${receiver.received.length - events} duplicates in ${receiver.received.length} requests`);
});
