import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Fault} from '../../../source/domain/fault.ts';
import {startListener, type ListenerEvent} from '../../../source/intake/listener/start-listener.ts';
import {type WebhookReceiver} from '../../../source/services/receive-webhooks.ts';
import {ask} from '../../helpers/traffic.ts';

test('while the store cannot be written, or takes too long, the sender is asked to come again', async context => {
	const events: ListenerEvent[] = [];
	for (const [receive, error] of [
		[() => Promise.reject(new Fault('the store is busy')), 'the store is busy'],
		[() => new Promise<never>(() => undefined), 'the store took too long'],
	] as ReadonlyArray<readonly [WebhookReceiver['receive'], string]>) {
		const listener = await startListener({
			host: '127.0.0.1', port: 0, secrets: null, bodyLimit: 1000, receiver: {receive, settled: () => Promise.resolve()}, now: () => 0,
			onEvent: event => events.push(event), storeTimeoutMs: 100,
		});
		context.after(async () => listener.close());
		const {status, headers} = await ask(listener.url, {method: 'POST', body: '{}'});
		assert.deepEqual([status, headers['retry-after']], [503, '10']);
		const event = events.at(-1);
		assert.ok(event?.kind === 'refused' && event.reason === 'store');
		assert.equal((event.error as Error).message, error);
	}
});
