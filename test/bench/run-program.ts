import {spawn} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/** The built command line. */
export const builtCli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export function requireBuild(): void {
	if (!existsSync(builtCli)) {
		throw new Error('dist/cli.js is missing: run npm run build first');
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
