import {createServices} from '../services/create-services.ts';
import {type Notices} from '../services/notices.ts';
import {type Services} from '../services/services.ts';
import {watchChanges} from '../services/watch-changes.ts';
import {openStore} from '../store/open-store.ts';
import {type CommandContext} from './command-context.ts';

export type ScreenConnection = {
	readonly services: Services;
	readonly notices: Notices;
	/** Rejects when the store cannot be opened at all. */
	readonly refused: Promise<never>;
	readonly close: () => Promise<void>;
};

export const connectScreen = async ({storeLocation, dataDirectory, now}: CommandContext): Promise<ScreenConnection> => {
	const store = await openStore({...storeLocation, home: dataDirectory});
	const services = createServices({store, now});
	return {
		services,
		notices: {
			subscribe(listener) {
				const watch = watchChanges({services, everyMs: 300, onChange(revisions) {
					listener({kind: 'store-changed', revisions});
				}});
				return watch.stop;
			},
		},
		refused: new Promise<never>(() => undefined),
		async close() {
			await store.close();
		},
	};
};
