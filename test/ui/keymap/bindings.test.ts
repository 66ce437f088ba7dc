import {test} from 'node:test';
import assert from 'node:assert/strict';
import {bindings, bindingFor, bindingsOf} from '../../../source/ui/keymap/bindings.ts';
import {contextLevels, type Context} from '../../../source/ui/keymap/binding.ts';

test('in one context a key does one thing', () => {
	for (const context of Object.keys(contextLevels) as Context[]) {
		const keys = bindingsOf(context).flatMap(binding => binding.keys);
		assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), [], context);
	}
});

test('every binding says what it does, and has a name of its own', () => {
	assert.equal(new Set(bindings.map(({command}) => command)).size, bindings.length);
	for (const {command, title, group, keys} of bindings) {
		assert.ok(title.length > 1 && group.length > 1 && keys.length > 0, command);
	}
});

// What people were promised; taken away, a key would be missed.
const promised: Readonly<Partial<Record<Context, string>>> = {
	global: '1 2 3 4 tab S-tab ? : esc q ctrl-c ctrl-z ctrl-r t ctrl-l P S',
	list: 'j k down up g G home end ctrl-d ctrl-u space pgdn pgup enter / n N f ! F e E d D T i s \\ m - y x r R l',
	form: 'tab up down space left right enter esc ctrl-s ctrl-x',
	detail: 'h l H L J K < > tab / n N y v o w',
	browse: 'h j k l 0 $ / f [ ] - , enter s',
};

test('every promised key is bound', () => {
	for (const [context, keys] of Object.entries(promised)) {
		for (const key of keys.split(' ')) {
			assert.ok(bindingFor(context as Context, key), `${context} ${key}`);
		}
	}
});

test('what only brackets or a backslash would do has another key too: some keyboards lack them', () => {
	for (const {command, keys} of bindings) {
		assert.ok(!keys.every(key => ['[', ']', '\\'].includes(key)), command);
	}
});
