import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createWaker} from '../../source/worker/waker.ts';

const long = 2 ** 31 - 1;

test('a loop that is woken rests no longer, whether it rests just now or begins to', async () => {
	const {wake, rest} = createWaker(new AbortController().signal);
	const resting = rest(long);
	wake();
	await resting;
	wake();
	wake();
	assert.equal(await rest(long), undefined);
	await rest(1);
});

test('the abort of its signal wakes it', async () => {
	const ending = new AbortController();
	const {rest} = createWaker(ending.signal);
	const resting = rest(long);
	ending.abort();
	assert.equal(await resting, undefined);
});
