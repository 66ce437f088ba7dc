import {mkdtempSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {type Bench} from './context.ts';
import {formatFigures, isWithinBudget, ratioOf, type Figure} from './figures.ts';
import {benchDirectory, benchStore} from './generator/fill-store.ts';
import {busyScreenBench} from './busy-screen.ts';
import {deliveryBench} from './deliveries.ts';
import {exportBench} from './exports.ts';
import {headlessBench} from './headless.ts';
import {importBench} from './imports.ts';
import {proxyBench} from './proxy.ts';
import {queryBench} from './queries.ts';
import {screenBench} from './screen.ts';

const sizes: Readonly<Record<string, number>> = {'10k': 10_000, '100k': 100_000, '1m': 1_000_000};
const benches: readonly Bench[] = [headlessBench, queryBench, importBench, screenBench, busyScreenBench, exportBench, proxyBench, deliveryBench];

const usage = `npm run bench -- [--size ${Object.keys(sizes).join('|')}|all] [--only ${benches.map(({name}) => name).join('|')}] [--json] [--clean]`;

const {values: {size, only, json, clean, help}} = parseArgs({
	options: {size: {type: 'string', default: '100k'}, only: {type: 'string', multiple: true}, json: {type: 'boolean', default: false}, clean: {type: 'boolean', default: false}, help: {type: 'boolean', default: false}},
});
const counts = size === 'all' ? Object.values(sizes) : [sizes[size]].filter(count => count !== undefined);
const chosen = benches.filter(({name}) => only === undefined || only.includes(name));

async function runAll(count: number): Promise<readonly Figure[]> {
	const figures: Figure[] = [];
	const onProgress = (text: string): void => {
		process.stderr.write(`${text}\n`);
	};

	for (const {name, run} of chosen) {
		const scratch = mkdtempSync(path.join(os.tmpdir(), 'auditty-bench-'));
		try {
			onProgress(`${name}, ${count.toLocaleString('en-US')} logs`);
			figures.push(...await run({count, scratch, onProgress, store: async () => benchStore(count, onProgress)}));
		} finally {
			rmSync(scratch, {recursive: true, force: true});
		}
	}

	return figures;
}

if (help || counts.length === 0 || chosen.length === 0) {
	process.stderr.write(`${usage}\n`);
	process.exitCode = help ? 0 : 2;
} else {
	for (const count of counts) {
		const figures = await runAll(count);
		process.stdout.write(json
			? figures.map(figure => `${JSON.stringify({logs: count, ...figure, ratio: ratioOf(figure), within: isWithinBudget(figure)})}\n`).join('')
			: `\n${count.toLocaleString('en-US')} logs\n\n${formatFigures(figures)}\n\n`);
	}

	if (clean) {
		rmSync(benchDirectory, {recursive: true, force: true});
	}
}
