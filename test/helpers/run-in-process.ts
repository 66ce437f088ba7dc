import {Writable} from 'node:stream';
import {createOutput, type Output} from '../../source/commands/output.ts';
import {runCli} from '../../source/commands/run-cli.ts';
import {type CliResult} from './run-cli.ts';

const collect = (columns?: number): {readonly output: Output; readonly text: () => string} => {
	let text = '';
	const stream = new Writable({
		write(chunk, _encoding, done) {
			text += String(chunk);
			done();
		},
	});
	return {output: createOutput(columns === undefined ? stream : Object.assign(stream, {isTTY: true, columns})), text: () => text};
};

/** The same command line without a process: for what no process could change. `columns` makes the output a terminal. */
export const runInProcess = async (args: readonly string[], {home, env, columns}: {
	readonly home: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly columns?: number;
}): Promise<Omit<CliResult, 'signal'>> => {
	const output = collect(columns);
	const errors = collect();
	const code = await runCli(args, {
		environment: {AUDITTY_HOME: home, ...env}, isInputTerminal: columns !== undefined, output: output.output, errors: errors.output,
		interrupted: new AbortController().signal,
	});
	return {code, stdout: output.text(), stderr: errors.text()};
};
