import {createServices} from '../services/create-services.ts';
import {openStore} from '../store/open-store.ts';
import {type OpenedServices, type StoreLocation} from './command-context.ts';

/** Opens the store in this process. */
export const openServices = async (location: StoreLocation, home: string): Promise<OpenedServices> => {
	const store = await openStore({...location, home});
	const services = createServices({store, dataDirectory: home, now: () => Date.now()});
	return {services, close: async () => store.close()};
};
