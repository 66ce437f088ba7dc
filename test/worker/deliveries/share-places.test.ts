import assert from 'node:assert/strict';
import {test} from 'node:test';
import {sharePlaces} from '../../../source/worker/deliveries/share-places.ts';

test('one endpoint gets all that it takes, of many each gets some', () => {
	assert.deepEqual(sharePlaces([{name: 'a', room: 64, running: 0}], 512), [{name: 'a', limit: 64}]);
	assert.deepEqual(sharePlaces([{name: 'a', room: 0, running: 8}, {name: 'b', room: 3, running: 5}], 512), [{name: 'b', limit: 3}]);
	assert.deepEqual(sharePlaces([{name: 'a', room: 8, running: 0}], 0), []);
});

test('endpoints that hang and want ever more leave a place for one that comes later', () => {
	for (const hanging of [1, 12, 100, 500]) {
		const running = new Map(Array.from({length: hanging}, (_, index) => [`hangs-${index}`, 0]));
		const free = (): number => 512 - running.values().reduce((sum, count) => sum + count, 0);
		for (let turn = 0; turn < 200; turn++) {
			for (const {name, limit} of sharePlaces([...running].map(([name, count]) => ({name, room: 1000 - count, running: count})), free())) {
				running.set(name, (running.get(name) ?? 0) + limit);
			}
		}

		const [late] = sharePlaces([{name: 'late', room: 8, running: 0}], free());
		assert.ok((late?.limit ?? 0) >= 1, `${hanging} hang`);
		assert.ok(running.values().every(count => count >= 1), 'and each has one under way');
	}
});
