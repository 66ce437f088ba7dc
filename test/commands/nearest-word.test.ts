import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nearestWord} from '../../source/commands/nearest-word.ts';

test('the word that was meant is found by its beginning or a slip of the fingers, and nothing is guessed beyond', () => {
	const words = ['logs', 'tasks', 'exports', 'sendouts', 'show', 'settings', 'doctor'];
	const expected: ReadonlyArray<readonly [string, string | null]> = [
		['log', 'logs'], ['lgos', 'logs'], ['LOGS', 'logs'], ['task', 'tasks'], ['exprots', 'exports'], ['export', 'exports'], ['docter', 'doctor'],
		['setings', 'settings'], ['sendout', 'sendouts'], ['xyz', null], ['', null], ['a', null], ['x'.repeat(1000), null],
	];
	assert.deepEqual(expected.map(([word]) => [word, nearestWord(word, words)]), expected);
});
