import assert from 'node:assert/strict';
import {test} from 'node:test';
import {startInPty} from '../helpers/pty.ts';

const program = `
	process.stdin.setRawMode(true);
	process.stdout.write('\\u001B[?1049h\\u001B[2J\\u001B[Hsize ' + process.stdout.columns + 'x' + process.stdout.rows + '\\u001B]0;a title\\u0007');
	process.stdout.on('resize', () => process.stdout.write('\\u001B[Hsize ' + process.stdout.columns + 'x' + process.stdout.rows + ' ż☕'));
	process.stdin.on('data', data => { process.stdout.write('\\r\\ngot ' + JSON.stringify(String(data))); if (String(data) === 'q') process.exit(3); });
`;

test('a program in a pty has a screen, keys, a size and an end', async () => {
	const session = startInPty({command: ['node', '-e', program], columns: 70, rows: 20});
	try {
		await session.screen.waitFor('size 70x20');
		assert.ok(session.screen.isAlternateScreen());
		assert.deepEqual(session.screen.commands(), ['0;a title']);
		session.resize(90, 25);
		await session.screen.waitFor('size 90x25 ż☕');
		session.send('jj\u001B[A');
		await session.screen.waitFor(String.raw`got "jj\u001b[A"`);
		session.send('q');
		assert.deepEqual(await session.exited, {code: 3, signal: 0});
	} finally {
		await session.close();
	}
});

test('what never comes fails with the screen that came instead', async () => {
	const session = startInPty({command: ['node', '-e', 'console.log("only this"); setInterval(() => {}, 1000)']});
	try {
		await session.screen.waitFor('only this');
		await assert.rejects(session.screen.waitFor('something else', 20), /never showed something else:\nonly this/);
	} finally {
		await session.close();
	}
});
