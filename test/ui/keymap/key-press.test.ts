import {test} from 'node:test';
import assert from 'node:assert/strict';
import {type Key} from 'ink';
import {keyPressesOf} from '../../../source/ui/keymap/key-press.ts';

const plain = {
	upArrow: false, downArrow: false, leftArrow: false, rightArrow: false, pageDown: false, pageUp: false, home: false, end: false, return: false, escape: false,
	ctrl: false, shift: false, tab: false, backspace: false, delete: false, meta: false, super: false, hyper: false, capsLock: false, numLock: false,
} as Key;
const names = (input: string, key: Partial<Key> = {}) => keyPressesOf(input, {...plain, ...key}).map(({name}) => name);

test('several keys in one chunk are several keys', () => {
	assert.deepEqual(names('jjj'), ['j', 'j', 'j']);
	assert.deepEqual(names('j\r'), ['j', 'enter']);
	assert.deepEqual(names('a b\t'), ['a', 'space', 'b', 'tab']);
	assert.deepEqual(names('x\u0004'), ['x', 'ctrl-d']);
});

test('special keys carry their modifiers', () => {
	assert.deepEqual(names('', {upArrow: true}), ['up']);
	assert.deepEqual(names('', {tab: true, shift: true}), ['S-tab']);
	assert.deepEqual(names('', {leftArrow: true, ctrl: true}), ['ctrl-left']);
	assert.deepEqual(names('', {backspace: true, meta: true}), ['alt-backspace']);
	assert.deepEqual(names('', {escape: true, meta: true}), ['esc']);
	assert.deepEqual(names('d', {ctrl: true}), ['ctrl-d']);
	assert.deepEqual(names('b', {meta: true}), ['alt-b']);
	assert.deepEqual(names('G', {shift: true}), ['G']);
});

test('a character of several code points is one key', () => {
	assert.deepEqual(names('é👩‍👩‍👧'), ['é', '👩‍👩‍👧']);
});
