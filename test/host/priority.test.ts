import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import os from 'node:os';
import {test} from 'node:test';

const program = `
	const {workBelowOthers} = await import(${JSON.stringify(new URL('../../source/host/priority.ts', import.meta.url).href)});
	workBelowOthers();
	process.stdout.write('done');
	setInterval(() => {}, 1000);
`;

test('a process that works below others says so of itself, and those that it stands beside stay as they are', async context => {
	const before = os.getPriority();
	const child = spawn(process.execPath, ['--input-type=module', '-e', program], {detached: true, stdio: ['ignore', 'pipe', 'inherit']});
	context.after(() => child.kill('SIGKILL'));
	await once(child.stdout, 'data');
	assert.ok(os.getPriority(child.pid) >= os.constants.priority.PRIORITY_BELOW_NORMAL);
	assert.equal(os.getPriority(), before);
});
