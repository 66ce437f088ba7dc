import {execFileSync, spawn} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Apart from dist/, so that what is measured is what the sources say, and nobody's build changes under it. */
const buildDirectory = path.join(root, 'node_modules', '.cache', 'auditty-bench');

/** The command line, built as it is published. */
export const builtCli = path.join(buildDirectory, 'cli.js');

let isBuilt = false;

export function buildOnce(): void {
	if (!isBuilt) {
		execFileSync(process.execPath, ['esbuild.config.js', buildDirectory], {cwd: root, stdio: 'inherit'});
		isBuilt = true;
	}
}

export type ProgramRun = {readonly ms: number; readonly output: string; readonly peakMb: number};

const peakOf = (pid: number): number => {
	try {
		return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
};

/** Runs Node with these arguments, without a terminal, to its end. The peak of memory is sampled, and 0 where the system does not tell. */
export async function runNode(programArguments: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
	const start = performance.now();
	const child = spawn(process.execPath, programArguments, {stdio: ['ignore', 'pipe', 'pipe'], env: {PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC', ...env}});
	let output = '';
	let errors = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	let peakMb = 0;
	const sampling = setInterval(() => {
		peakMb = Math.max(peakMb, peakOf(child.pid ?? 0));
	}, 50);
	const code = await new Promise<number | null>((resolve, reject) => {
		child.once('error', reject).once('close', resolve);
	});
	clearInterval(sampling);
	if (code !== 0) {
		throw new Error(`${programArguments.join(' ')} ended with ${code}: ${errors.slice(-2000)}`);
	}

	return {ms: performance.now() - start, output, peakMb};
}
