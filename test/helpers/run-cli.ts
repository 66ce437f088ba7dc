import {spawn, type ChildProcessByStdio} from 'node:child_process';
import {globSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {PassThrough, type Readable, type Writable} from 'node:stream';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = path.join(root, 'dist', 'cli.js');

/** The bundle starts four times as fast; it serves only when it is newer than every source. */
const isBuiltFresh = (): boolean => {
	const builtAt = statSync(built, {throwIfNoEntry: false})?.mtimeMs ?? 0;
	const sources = globSync('source/**/*.{ts,tsx}', {cwd: root});
	return sources.every(file => (statSync(path.join(root, file), {throwIfNoEntry: false})?.mtimeMs ?? 0) < builtAt);
};

/** The program and its first arguments: what `auditty` is in these tests. */
export const cliCommand: readonly [string, ...string[]] = isBuiltFresh()
	? [process.execPath, built]
	: [process.execPath, '--import', import.meta.resolve('tsx'), path.join(root, 'source', 'cli.ts')];

export type CliOptions = {
	/** The data directory. */
	readonly home?: string;
	/** Beside PATH, a time zone and a locale; undefined leaves one of those out. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Written to standard input, which then ends; null closes it at once. */
	readonly input?: string | Buffer | null;
	readonly cwd?: string;
};

/** The environment of a test: nothing of the machine that it runs on. */
export const cliEnvironment = ({home, env}: CliOptions): NodeJS.ProcessEnv => Object.fromEntries(Object.entries({
	PATH: process.env['PATH'], TZ: 'UTC', LANG: 'C.UTF-8',
	// Compiled code is shared by all tests, wherever their homes are.
	NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'auditty-tests'),
	AUDITTY_HOME: home, HOME: home, ...env,
}).filter(([, value]) => value !== undefined));

export type RunningCli = {
	readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
	/** The next line of standard output; null when it ended. */
	readonly nextLine: () => Promise<string | null>;
	readonly ended: Promise<{readonly code: number | null; readonly signal: NodeJS.Signals | null}>;
	readonly stderr: () => string;
};

/** Starts auditty as a process of its own. */
export const startCli = (args: readonly string[], options: CliOptions = {}): RunningCli => {
	const [program, ...first] = cliCommand;
	const child = spawn(program, [...first, ...args], {env: cliEnvironment(options), cwd: options.cwd ?? tmpdir(), stdio: ['pipe', 'pipe', 'pipe']});
	child.stdin.on('error', () => {
		// It need not read its input.
	});
	child.stdin.end(options.input ?? '');
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	// Without bound: readline's own iterator stops reading at 1024 lines, and a process whose output nobody takes never ends.
	const lines = new PassThrough({objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER});
	createInterface({input: child.stdout}).on('line', line => lines.write(line)).on('close', () => lines.end());
	const iterator = lines[Symbol.asyncIterator]() as AsyncIterator<string>;
	return {
		child,
		nextLine: async () => {
			const next = await iterator.next();
			return next.done === true ? null : next.value;
		},
		ended: new Promise(resolve => {
			child.once('close', (code, signal) => {
				resolve({code, signal});
			});
		}),
		stderr: () => stderr,
	};
};

export type CliResult = {readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string};

const collect = async (program: string, args: readonly string[], {input = '', ...options}: CliOptions): Promise<CliResult> => {
	const child = spawn(program, args, {
		env: cliEnvironment(options), cwd: options.cwd ?? tmpdir(), stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
	});
	child.stdin?.on('error', () => {
		// It need not read its input.
	});
	child.stdin?.end(input);
	const collected = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name]?.setEncoding('utf8').on('data', (text: string) => {
			collected[name] += text;
		});
	}

	return new Promise(resolve => {
		child.once('close', (code, signal) => {
			resolve({code, signal, ...collected});
		});
	});
};

/** Runs auditty to its end, without a terminal. */
export const runCli = async (args: readonly string[], options: CliOptions = {}): Promise<CliResult> => {
	const [program, ...first] = cliCommand;
	return collect(program, [...first, ...args], options);
};

/** Runs a line of the shell in which `auditty` is the program. */
export const runShell = async (line: string, options: CliOptions = {}): Promise<CliResult> => {
	const quoted = cliCommand.map(part => `'${part.replaceAll('\'', String.raw`'\''`)}'`).join(' ');
	return collect('bash', ['-c', `auditty() { ${quoted} "$@"; }\n${line}`], {input: null, ...options});
};
