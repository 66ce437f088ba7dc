import {Worker} from 'node:worker_threads';

/**
 * Starts a thread. Its module stands, as it is written, beside the module that starts it; as they are built, all threads are
 * entries of the bundle (`esbuild.config.js` names them). What dies young there dies in `youngGenerationMb`: with the default
 * of Node a thread takes a hundred megabytes for it.
 * @param startedBy `import.meta.url` of the module that starts it.
 */
export const startThread = ({startedBy, name, workerData, youngGenerationMb}: {
	readonly startedBy: string;
	readonly name: string;
	readonly workerData: unknown;
	readonly youngGenerationMb: number;
}): Worker => {
	const module = new URL(`./${name}.${startedBy.endsWith('.ts') ? 'ts' : 'js'}`, startedBy);
	const thread = new Worker(module, {workerData, execArgv: [], resourceLimits: {maxYoungGenerationSizeMb: youngGenerationMb}});
	// Whoever uses it listens too, as long as it is used; an error after that must not end the process.
	thread.on('error', () => undefined);
	return thread;
};
