import process from 'node:process';
import {exportFetcher} from '../intake/voucherify/fetch-exports.ts';
import {createServices} from '../services/create-services.ts';
import {databaseAndHome} from './opening.ts';
import {runChild} from './run-child.ts';
import {serveServices} from './serve-services.ts';

const stillHereMs = 3000;

/** The store's process: opens the store that its parent names and answers for it until the channel closes. */
export const runStoreHost = (): void => {
	runChild(async (opening, send) => {
		const {store, home} = await databaseAndHome(opening);
		const context = {store, dataDirectory: home, now: () => Date.now(), environment: process.env};
		const fetchExport = exportFetcher(context);
		const services = createServices({
			...context,
			async fetchExport(id, signal) {
				// A file comes in for as long as it takes: the parent hears that this process still answers.
				const timer = setInterval(() => send({kind: 'ready'}), stillHereMs);
				try {
					await fetchExport(id, signal);
				} finally {
					clearInterval(timer);
				}
			},
		});
		const part = serveServices({services, send});
		return {
			...part,
			async close() {
				await part.close();
				await store.close();
			},
		};
	});
};
