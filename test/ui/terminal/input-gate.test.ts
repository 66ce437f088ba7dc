import {once} from 'node:events';
import {PassThrough} from 'node:stream';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {escapeWaitMs, InputGate} from '../../../source/ui/terminal/input-gate.ts';

/** A terminal's input, as far as the gate uses it. */
const terminalInput = () => Object.assign(new PassThrough(), {isTTY: true as const, isRaw: false, setRawMode(this: {isRaw: boolean}, isRaw: boolean) {
	this.isRaw = isRaw;
	return this;
}, ref() {
	return this;
}, unref() {
	return this;
}});

const open = (waitMs: number) => {
	const input = terminalInput();
	const gate = new InputGate(input as unknown as ConstructorParameters<typeof InputGate>[0], waitMs);
	const read: string[] = [];
	gate.on('readable', () => {
		for (let chunk = gate.read() as string | null; chunk !== null; chunk = gate.read() as string | null) {
			read.push(chunk);
		}
	});
	gate.setRawMode(true);
	return {input, gate, read};
};

test('a key that a slow link tore apart arrives whole', async () => {
	const {input, gate, read} = open(60_000);
	input.write('j\u001B');
	input.write('[1;');
	input.write('5C');
	await once(gate, 'readable');
	assert.equal(read.join(''), 'j\u001B[1;5C');
	gate.setRawMode(false);
});

test('Escape alone is let through after the wait', async () => {
	const {input, gate, read} = open(5);
	input.write('\u001B');
	await once(gate, 'readable');
	assert.deepEqual(read, ['\u001B']);
	gate.setRawMode(false);
});

test('without raw mode the gate takes nothing: whoever has the terminal reads it all', async () => {
	const {input, gate, read} = open(5);
	gate.setRawMode(false);
	assert.equal(input.isRaw, false);
	input.write('for the editor');
	assert.equal(String(await new Promise(resolve => {
		input.once('data', resolve);
		input.resume();
	})), 'for the editor');
	assert.deepEqual(read, []);
});

test('over SSH it waits longer', () => {
	assert.ok(escapeWaitMs({SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22'}) >= 100);
	assert.ok(escapeWaitMs({}) <= 20);
});
