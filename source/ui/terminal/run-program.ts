import {spawn} from 'node:child_process';
import {constants} from 'node:os';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {prettyJson} from '../../domain/json/format-json.ts';
import {type Surroundings} from '../services-context.ts';
import {withAutoWrap} from './auto-wrap.ts';
import {withPrivateFile} from './private-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const firstSet = (environment: Environment, names: readonly string[]): {readonly name: string; readonly command: string} | null => {
	const name = names.find(one => (environment[one] ?? '').trim() !== '');
	return name === undefined ? null : {name, command: environment[name]!.trim()};
};

/** `$VISUAL`, `$EDITOR`, else vi, with their arguments (`code -w`). */
export const editorOf = (environment: Environment) => firstSet(environment, ['VISUAL', 'EDITOR']) ?? {name: 'EDITOR', command: 'vi'};

/** `$PAGER`, else less. */
export const pagerOf = (environment: Environment) => firstSet(environment, ['PAGER']) ?? {name: 'PAGER', command: 'less'};

/** Runs a command line of the shell on a file, with the terminal as its own; null when it ended well, else what went wrong. */
export const runOnFile = async ({name, command}: {readonly name: string; readonly command: string}, file: string, environment: Environment): Promise<string | null> =>
	new Promise(resolve => {
		// The person's command line may hold arguments and quotes: the shell reads it, as git does; the file is an argument, not text.
		const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], {stdio: 'inherit', env: environment});
		child.once('error', error => {
			resolve(`${command} could not be started: ${error.message}`);
		});
		child.once('exit', (code, signal) => {
			if (code === 127) {
				resolve(`${command} was not found, set ${name} to a program that is installed`);
			} else if (signal !== null) {
				resolve(`${command} was ended by ${signal} (${constants.signals[signal]})`);
			} else {
				resolve(code === 0 ? null : `${command} ended with exit code ${code}`);
			}
		});
	});

export type ShownText = {readonly name: string; readonly text: string; readonly suffix: 'json' | 'txt'};

/** A text as it is best read: JSON indented, with its own literals. */
export const readableText = ({text, suffix}: Pick<ShownText, 'text' | 'suffix'>): string => {
	const pretty = suffix === 'json' ? prettyJson(text) ?? text : text;
	return pretty.endsWith('\n') ? pretty : `${pretty}\n`;
};

/** Every line made safe for a terminal. */
export const safeLines = (text: string): string => text.split(/\r\n|\n/).map(line => makeSafe(line)).join('\n');

type Screen = Pick<Surroundings, 'environment' | 'suspend' | 'say' | 'writeToTerminal'>;

const openIn = async (program: {readonly name: string; readonly command: string}, {name, suffix}: ShownText, text: string, {environment, suspend, say, writeToTerminal}: Screen): Promise<void> => {
	try {
		await withPrivateFile({name, suffix, text}, async file => {
			let failure: string | null = null;
			await suspend(async () => withAutoWrap(writeToTerminal, async () => {
				failure = await runOnFile(program, file, environment);
			}));
			if (failure !== null) {
				say(makeSafe(failure), 'failure');
			}
		});
	} catch (error) {
		say(`${makeSafe(program.command)} could not be opened: ${makeSafe(error instanceof Error ? error.message : String(error))}`, 'failure');
	}
};

/** Opens a text in the person's editor: exactly what is stored, JSON indented. Changes are not read back. */
export const openInEditor = async (shown: ShownText, screen: Screen): Promise<void> =>
	openIn(editorOf(screen.environment), shown, readableText(shown), screen);

/** Opens a text in the person's pager, made safe: many pagers pass escape sequences on. */
export const openInPager = async (shown: ShownText, screen: Screen): Promise<void> =>
	openIn(pagerOf(screen.environment), shown, safeLines(readableText(shown)), screen);
