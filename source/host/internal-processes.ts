/**
 * Child processes run the program's own entry with one of these as the only argument, so that one bundle holds all and
 * the same way works from sources. No part of the command line: help does not name them.
 */
export const internalProcesses: Readonly<Record<string, () => Promise<void>>> = {
	async '--internal-store-host'() {
		const {runStoreHost} = await import('./store-host.ts');
		runStoreHost();
	},
	async '--internal-worker'() {
		const {runWorkerProcess} = await import('./worker-process.ts');
		runWorkerProcess();
	},
	async '--internal-demo'() {
		const {runDemoProcess} = await import('./demo/demo-process.ts');
		runDemoProcess();
	},
	async '--internal-recorder'() {
		const {runRecorderProcess} = await import('./recorder-process.ts');
		runRecorderProcess();
	},
};
