import {build} from 'esbuild';
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {startInPty, type PtySession} from '../helpers/pty.ts';
import {type Bench} from './context.ts';
import {median, percentile, type Figure} from './figures.ts';
import {populated, pressMany, upAndDown} from './press-keys.ts';
import {builtCli, buildOnce} from './run-program.ts';

const columns = 200;
const rows = 50;
const starts = 7;
const keys = 300;

/** Bundles the baselines as the program is bundled, beside it. */
async function bundleBaselines(): Promise<{readonly hello: string; readonly list: string}> {
	const outdir = path.join(path.dirname(builtCli), 'baselines');
	const [hello, list] = ['ink-hello', 'ink-list'].map(name => fileURLToPath(new URL(`baselines/${name}.tsx`, import.meta.url)));
	await build({
		entryPoints: [hello!, list!], outdir, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node22', jsx: 'automatic', minifySyntax: true, minifyWhitespace: true,
		define: {'process.env.NODE_ENV': '"production"'}, external: ['react-devtools-core'], logLevel: 'error',
		banner: {js: 'import {createRequire as requireOf} from "node:module"; const require = requireOf(import.meta.url);'},
	});
	return {hello: path.join(outdir, 'ink-hello.js'), list: path.join(outdir, 'ink-list.js')};
}

async function timeToFrame(start: () => PtySession, wanted: string | RegExp): Promise<number> {
	const begun = performance.now();
	const session = start();
	try {
		await session.screen.waitFor(wanted);
		return performance.now() - begun;
	} finally {
		await session.close();
	}
}

async function quiet(session: PtySession, forMs: number): Promise<number> {
	const before = session.screen.received();
	await delay(forMs);
	return session.screen.received() - before;
}

const statusOf = (pid: number, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

/** Proportional memory (MB) of a process and all that it started. */
function familyMb(root: number): number {
	const parents = readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(name => {
		try {
			return [[Number(name), statusOf(Number(name), 'PPid')] as const];
		} catch {
			return [];
		}
	});
	const family = new Set([root]);
	for (let size = 0; size !== family.size;) {
		size = family.size;
		for (const [pid, parent] of parents) {
			if (family.has(parent)) {
				family.add(pid);
			}
		}
	}

	return [...family].reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024, 0);
}

/** The screen in a real pseudo-terminal. */
export const screenBench: Bench = {
	name: 'screen',
	async run({store, onProgress}) {
		buildOnce();
		const {home, file} = await store();
		const open = (): PtySession => startInPty({command: ['node', builtCli, '--db', `file:${file}`], columns, rows, env: {AUDITTY_HOME: home}});
		const {hello, list} = await bundleBaselines();
		const bare = (program: string): PtySession => startInPty({command: ['node', program], columns, rows, env: {NODE_COMPILE_CACHE: path.join(path.dirname(program), 'compiled')}});

		const figures: Figure[] = [];
		const frames: number[] = [];
		const helloFrames: number[] = [];
		for (let run = 0; run <= starts; run++) {
			frames.push(await timeToFrame(open, populated));
			helloFrames.push(await timeToFrame(() => bare(hello), 'hello'));
		}

		figures.push({bench: 'screen', name: 'first populated frame', value: median(frames.slice(1)), unit: 'ms', budget: 400, baseline: {name: 'bare Ink', value: median(helloFrames.slice(1))}});

		const session = open();
		const bareSession = bare(list);
		try {
			await session.screen.waitFor(populated);
			await bareSession.screen.waitFor('row 45');
			await quiet(session, 1000);
			onProgress('pressing keys');
			const moves = await pressMany(session, upAndDown, keys);
			const bareMoves = await pressMany(bareSession, upAndDown, keys);
			const pages = await pressMany(session, index => Math.floor(index / 30) % 2 === 0 ? '\u0004' : '\u0015', 60);
			figures.push(
				{bench: 'screen', name: 'key to frame, median', value: median(moves.times), unit: 'ms', budget: 10, baseline: {name: 'bare Ink list', value: median(bareMoves.times)}},
				{bench: 'screen', name: 'key to frame, p99', value: percentile(moves.times, 0.99), unit: 'ms', budget: 33, baseline: {name: 'bare Ink list', value: percentile(bareMoves.times, 0.99)}},
				{bench: 'screen', name: 'half page to frame, median', value: median(pages.times), unit: 'ms'},
				{bench: 'screen', name: 'output of a cursor move', value: median(moves.bytes), unit: 'bytes', budget: 600, baseline: {name: 'bare Ink list', value: median(bareMoves.bytes)}},
				{bench: 'screen', name: 'output of 5 s idle', value: await quiet(session, 5000), unit: 'bytes', budget: 0},
				{bench: 'screen', name: 'memory of the screen', value: statusOf(session.pid, 'VmRSS') / 1024, unit: 'MB', budget: 200, baseline: {name: 'bare Ink list', value: statusOf(bareSession.pid, 'VmRSS') / 1024}},
				{bench: 'screen', name: 'memory of all processes', value: familyMb(session.pid), unit: 'MB', budget: 350},
			);
		} finally {
			await session.close();
			await bareSession.close();
		}

		return figures;
	},
};
