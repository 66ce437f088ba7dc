import assert from 'node:assert/strict';
import {test} from 'node:test';
import {packExchanges, unpackExchanges} from '../../../source/intake/recorder/exchange-message.ts';
import {type Exchange} from '../../../source/intake/recorder/exchange.ts';
import {createRecordingQueue} from '../../../source/intake/recorder/recording-queue.ts';

const exchange = (id: string, body: Uint8Array | null = null): Exchange => ({
	id, created_at: 0, method: 'GET', url: '/', status: 200, error_key: null, request_duration: 1, request_headers: {a: ['1', '2']}, response_headers: null,
	request_body: null, response_body: body === null ? null : {bytes: body, size: body.length}, request_id: null,
});

test('what waits goes together, in order, and stays until it is settled', async () => {
	const sent: string[][] = [];
	const queue = createRecordingQueue(exchanges => {
		sent.push(exchanges.map(({id}) => id));
		return true;
	});
	for (const id of ['1', '2', '3']) assert.equal(queue.add(exchange(id)), true);
	queue.flush();
	queue.flush();
	assert.deepEqual(sent, [['1', '2', '3']]);
	queue.settle(2);
	queue.add(exchange('4'));
	queue.sendAgain();
	assert.deepEqual(sent, [['1', '2', '3'], ['3', '4']]);
	const emptied = queue.emptied();
	queue.settle(2);
	await emptied;
	assert.equal(queue.length(), 0);
});

test('while nobody takes them, they are kept up to a number and a size, and the rest is refused', () => {
	let isOpen = false;
	let sent = 0;
	const queue = createRecordingQueue(exchanges => {
		sent += isOpen ? exchanges.length : 0;
		return isOpen;
	});
	let kept = 0;
	for (let index = 0; index < 20_000; index++) kept += queue.add(exchange(String(index))) ? 1 : 0;
	assert.equal(kept, 10_000);
	isOpen = true;
	queue.flush();
	assert.equal(sent, 10_000);
	assert.equal(queue.add(exchange('sent ones count until they are settled')), false);
	queue.settle(10_000);
	const body = new Uint8Array(1024 * 1024);
	let large = 0;
	while (queue.add(exchange('large', body))) large++;
	assert.equal(large, 63);
});

test('exchanges are the same on the other side', () => {
	const given = [exchange('1', Buffer.from([0, 255, 10])), {...exchange('2'), facts: {user_email: 'ż@shop.example'}, request_body: {bytes: Buffer.from('x'), size: 9, isDecoded: true as const}}];
	assert.deepEqual(unpackExchanges(packExchanges(given)), given);
});
