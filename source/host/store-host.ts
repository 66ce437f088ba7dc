import {createServices} from '../services/create-services.ts';
import {databaseAndHome} from './opening.ts';
import {runChild} from './run-child.ts';
import {serveServices} from './serve-services.ts';

/** The store's process: opens the store that its parent names and answers for it until the channel closes. */
export const runStoreHost = (): void => {
	runChild(async (opening, send) => {
		const {store, home} = await databaseAndHome(opening);
		const part = serveServices({services: createServices({store, dataDirectory: home, now: () => Date.now()}), send});
		return {
			...part,
			async close() {
				await part.close();
				await store.close();
			},
		};
	});
};
