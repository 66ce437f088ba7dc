import {spawn} from 'node:child_process';
import {type Surroundings} from '../services-context.ts';
import {withAutoWrap} from './auto-wrap.ts';

/**
 * Prints a text that is safe on the main screen, with nothing around it, to be selected with the mouse; comes back on Enter.
 */
export const printAndWait = async (text: string, {suspend, writeToTerminal}: Pick<Surroundings, 'suspend' | 'writeToTerminal'>): Promise<void> => {
	await suspend(async () => withAutoWrap(writeToTerminal, async () => {
		writeToTerminal(`\n${text.endsWith('\n') ? text : `${text}\n`}\nEnter goes back.`);
		await untilEnter();
	}));
};

/** A child reads the line, so that this process' own input stays as Ink left it. Without a terminal nobody can press Enter. */
const untilEnter = async (): Promise<void> => new Promise(resolve => {
	if (!process.stdin.isTTY) {
		resolve();
		return;
	}

	const child = spawn('/bin/sh', ['-c', 'read -r line'], {stdio: 'inherit'});
	child.once('error', () => {
		resolve();
	});
	child.once('exit', () => {
		resolve();
	});
});
