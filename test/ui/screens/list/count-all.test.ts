import {test} from 'node:test';
import assert from 'node:assert/strict';
import {type CountRequest} from '../../../../source/services/services.ts';
import {countAll} from '../../../../source/ui/screens/list/count-all.ts';

test('a count that the store gives in steps is told as a whole, and stops at its cap', async () => {
	const asked: CountRequest[] = [];
	const services = {
		count(request: CountRequest) {
			asked.push(request);
			const count = Math.min(40, request.cap);
			return Promise.resolve({count, isCapped: false, next: asked.length === 3 ? null : {at: 100 - asked.length, seq: 1}});
		},
	};
	const {signal} = new AbortController();
	assert.deepEqual(await countAll(services, {tab: 'logs', query: 'a', cap: 1000}, signal), {count: 120, isCapped: false});
	assert.deepEqual(asked.map(({from}) => from?.at), [undefined, 99, 98]);
	asked.length = 0;
	assert.deepEqual(await countAll(services, {tab: 'logs', query: 'a', cap: 60}, signal), {count: 60, isCapped: true});
	assert.deepEqual(asked.map(({cap}) => cap), [60, 20]);
});
