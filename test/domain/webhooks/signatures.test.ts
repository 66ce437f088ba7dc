import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {Webhook} from 'standardwebhooks';
import {envelopeText} from '../../../source/domain/webhooks/envelope.ts';
import {mostRetries, nextRetryAt} from '../../../source/domain/webhooks/retry-schedule.ts';
import {makeSecret, standardSignature, voucherifySignature} from '../../../source/domain/webhooks/signatures.ts';

test('x-voucherify-signature is that of the documented vectors', () => {
	const vectors = {
		'{"a":1}': 'a17d2ac229d1ebbb5f10e839c7985c4818e5986eab297f7e5979196d4d7d3ed2',
		[String.raw`{"a\"b":1}`]: 'f7cf97814a03146abedb9793f56e1dec34f618f82d10395310d053f749483ffb',
		'  message  ': '53ff92957e1427ce23ad5bda9d0c5f2f4ff384d0806b83eeacb510c842d3a358',
	};
	for (const [body, signature] of Object.entries(vectors)) {
		assert.equal(voucherifySignature(body, 'secretKey'), signature);
	}
});

test('webhook-signature is that of the Standard Webhooks vector, and its published package verifies any body and a secret that is being replaced', () => {
	const published = standardSignature({id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: Buffer.from('{"test": 2432232314}'), secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']});
	assert.equal(published, 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
	fc.assert(fc.property(fc.json(), data => {
		const [secret, old] = [makeSecret(), makeSecret()];
		const timestamp = Math.floor(Date.now() / 1000);
		const body = envelopeText({
			id: 'whs_1', projectId: 'proj_1', createdAt: 0, type: 'a.b', data, endpointId: 'wh_1', targetUrl: 'https://hooks.example.com/',
			event: {id: 'evt_1', createdAt: 0, entityId: null, requestId: 'v-1'},
		});
		assert.deepEqual((JSON.parse(body) as {data: unknown}).data, JSON.parse(data));
		const headers = {'webhook-id': 'whs_1', 'webhook-timestamp': String(timestamp), 'webhook-signature': standardSignature({id: 'whs_1', timestamp, body: Buffer.from(body), secrets: [secret, old]})};
		for (const known of [secret, old]) {
			assert.deepEqual(new Webhook(known).verify(body, headers), JSON.parse(body));
		}

		assert.throws(() => new Webhook(makeSecret()).verify(body, headers));
	}), {numRuns: 50});
});

test('retries come 1, 2, 4 … 1024 and 1440 minutes after the first attempt, at most a fifth of a step late, and end after twelve', () => {
	const minutes = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440];
	assert.equal(mostRetries, minutes.length);
	for (const random of [0, 0.999]) {
		let now = 0;
		for (const [index, minute] of minutes.entries()) {
			const at = nextRetryAt({firstAt: 0, now, retries: index, random: () => random}) ?? Number.NaN;
			const step = (minute - (minutes[index - 1] ?? 0)) * 60_000;
			assert.ok(at >= minute * 60_000 && at <= minute * 60_000 + step * 0.2, `${index} ${at}`);
			now = at;
		}

		assert.equal(nextRetryAt({firstAt: 0, now, retries: minutes.length, random: () => random}), null);
	}

	assert.equal(nextRetryAt({firstAt: 0, now: 1000, retries: 0, random: () => 0, retryAfterMs: 120_000}), 121_000);
	assert.equal(nextRetryAt({firstAt: 0, now: 1000, retries: 0, random: () => 0, retryAfterMs: 1e12}), 3_601_000);
});
