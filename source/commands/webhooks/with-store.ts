import {UsageFault} from '../../domain/fault.ts';
import {type ServiceContext} from '../../services/service-context.ts';
import {openStore} from '../../store/open-store.ts';
import {type CommandContext} from '../command-context.ts';

/** Opens the store in this process for a command that writes to it. Throws a UsageFault with --read-only. */
export const withStore = async <T>({storeLocation, dataDirectory, now}: CommandContext, work: (context: ServiceContext) => Promise<T>, {isWriting = true} = {}): Promise<T> => {
	if (isWriting && storeLocation.isReadOnly) {
		throw new UsageFault('--read-only leaves the store as it is', {remedy: 'leave it out for this command'});
	}

	const store = await openStore({...storeLocation, home: dataDirectory});
	try {
		return await work({store, dataDirectory, now});
	} finally {
		await store.close();
	}
};
