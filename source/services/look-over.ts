import {readState} from '../store/read-state.ts';
import {type Overview} from './services.ts';
import {type ServiceContext} from './service-context.ts';

/** What the store holds and what runs in it; cheap enough to be asked several times a second. */
export const lookOver = async ({store}: ServiceContext): Promise<Overview> => ({
	...await readState(store),
	storeName: store.name,
	isReadOnly: store.isReadOnly,
});
