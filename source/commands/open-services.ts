import process from 'node:process';
import {exportFetcher} from '../intake/voucherify/fetch-exports.ts';
import {createServices} from '../services/create-services.ts';
import {openStore} from '../store/open-store.ts';
import {type OpenedServices, type StoreLocation} from './command-context.ts';

/** Opens the store in this process. */
export const openServices = async (location: StoreLocation, home: string): Promise<OpenedServices> => {
	const store = await openStore({...location, home});
	const context = {store, dataDirectory: home, now: () => Date.now(), environment: process.env};
	const services = createServices({...context, fetchExport: exportFetcher(context)});
	return {services, close: async () => store.close()};
};
