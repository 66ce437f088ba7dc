#!/usr/bin/env node
import module from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {dataDirectory} from './store/data-directory.ts';

// Nothing that an older Node cannot load is loaded before it is told so.
const oldestNode = 22;
if (Number.parseInt(process.versions.node, 10) < oldestNode) {
	process.stderr.write(`auditty: it cannot run on Node ${process.versions.node}, use Node ${oldestNode} or later\n`);
	process.exit(1);
}

// Whatever is written from here on belongs to this user alone.
process.umask(0o077);
process.env['NODE_ENV'] ??= 'production';
// Before anything else loads. In our own directory: code from a cache in a shared one could be another user's.
module.enableCompileCache(path.join(dataDirectory(process.env), 'cache', 'compiled'));

const [first] = process.argv.slice(2);
if (first?.startsWith('--internal-')) {
	const {internalProcesses} = await import('./host/internal-processes.ts');
	await internalProcesses[first]?.();
} else {
	const {runProcess} = await import('./commands/run-process.ts');
	await runProcess(process);
}
