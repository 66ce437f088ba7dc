import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {contentId, idPrefixes, instantOfId, makeId} from '../../source/domain/ids.ts';

const iso = (id: string): string | null => {
	const at = instantOfId(id);
	return at === null ? null : new Date(at).toISOString();
};

test('reads the time of published IDs', () => {
	assert.equal(iso('log_0daab762c74cb3c4e4'), '2023-10-12T12:47:59.773Z');
	assert.equal(iso('log_12f8d7ff415061a645')?.slice(0, 19), '2026-09-01T10:07:45');
	assert.equal(iso('v-12f8d7ff3f8e1cefe9')?.slice(0, 19), '2026-09-01T10:07:45');
	assert.equal(iso('whs_12f8d76947260efcd3')?.slice(0, 19), '2026-09-01T10:05:12');
});

test('reads no time from IDs of other forms', () => {
	for (const id of ['', 'log_', 'exp_M5EEj9DyZuQDOezRJeJrcoKx', 'log_0daab762c74cb3c4e', 'log_0DAAB762C74CB3C4E4', '0daab762c74cb3c4e4', 'x log_0daab762c74cb3c4e4']) {
		assert.equal(instantOfId(id), null, id);
	}
});

test('an ID carries its time and sorts by it', () => {
	const instant = fc.integer({min: 1_462_320_000_000, max: 1_462_320_000_000 + 2 ** 42 - 1});
	fc.assert(fc.property(instant, instant, fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}), (first, second, random) => {
		const id = makeId(idPrefixes.log, first, () => random);
		assert.match(id, /^log_[0-9a-f]{18}$/);
		assert.equal(instantOfId(id), first);
		const other = makeId(idPrefixes.log, second, () => 1 - random - 2 ** -30 < 0 ? 0 : 1 - random - 2 ** -30);
		if (first !== second) assert.equal(id < other, first < second);
	}));
});

test('the same content has the same ID, other content another', () => {
	const at = Date.UTC(2026, 10, 22);
	assert.equal(contentId('log_', at, 'a'), contentId('log_', at, 'a'));
	assert.notEqual(contentId('log_', at, 'a'), contentId('log_', at, 'b'));
	assert.equal(instantOfId(contentId('log_', at, 'a')), at);
});

test('content from before the epoch of IDs keeps IDs apart', () => {
	const ids = new Set(Array.from({length: 20_000}, (_, index) => contentId('log_', 0, String(index))));
	assert.equal(ids.size, 20_000);
	assert.match(makeId('log_', Number.NaN, () => 0), /^log_0{18}$/);
});
