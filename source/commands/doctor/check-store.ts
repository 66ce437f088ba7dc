import {existsSync, statSync} from 'node:fs';
import {Fault} from '../../domain/fault.ts';
import {tabs} from '../../domain/records.ts';
import {fieldTables} from '../../domain/fields/field-tables.ts';
import {type Services} from '../../services/services.ts';
import {createServices} from '../../services/create-services.ts';
import {inspectStore} from '../../store/inspect-store.ts';
import {openStore} from '../../store/open-store.ts';
import {missingStoreRemedy} from '../../store/require-store.ts';
import {type StoreAddress} from '../../store/store-url.ts';
import {type CommandContext} from '../command-context.ts';
import {isoInstant} from '../../domain/time/iso-instant.ts';
import {ok, problem, warning, type Check} from './check.ts';

const checkFault = (check: string, error: unknown): Check => {
	const message = error instanceof Error ? error.message : String(error);
	return problem(check, message, (error instanceof Fault ? error.remedy : undefined) ?? 'see whether the store is what it should be');
};

const checkRecords = async (services: Services): Promise<readonly Check[]> => {
	const {ranges, runningTasks, failedSendouts} = await services.overview();
	const held = tabs.flatMap(tab => {
		const range = ranges[tab];
		return range === null ? [] : [`${fieldTables[tab].noun[1]} from ${isoInstant(range.oldest)} to ${isoInstant(range.newest)}`];
	});
	return [
		ok('records', held.length === 0 ? 'none yet' : held.join(', ')),
		ok('background work', `${runningTasks.length} running`),
		...(failedSendouts === 0 ? [] : [warning('sendouts', `${failedSendouts} failed`, 'look at them with auditty sendouts status:failed')]),
	];
};

/** Opens the store read-only, whatever was asked: looking changes nothing. */
export const checkStore = async (context: CommandContext, address: StoreAddress): Promise<readonly Check[]> => {
	const name = address.kind === 'file' ? address.path : address.url;
	if (address.kind === 'file' && !existsSync(address.path)) {
		return [context.storeLocation.mustExist
			? warning('store', `${name} does not exist`, missingStoreRemedy)
			: ok('store', `${name} (made by the first command that needs it)`)];
	}

	try {
		const store = await openStore({...context.storeLocation, home: context.dataDirectory, isReadOnly: true});
		try {
			const {schemaVersion, damages} = await inspectStore(store);
			const size = address.kind === 'file' ? `, ${Math.ceil(statSync(address.path).size / 1024 ** 2)} MiB` : '';
			return [
				ok('store', `${name}, schema ${schemaVersion}${size}`),
				...(damages === null ? [] : [damages.length === 0
					? ok('store integrity', 'ok')
					: problem('store integrity', damages.join('; '), 'restore the file from a backup, or move it away and import again')]),
				...await checkRecords(createServices({store, dataDirectory: context.dataDirectory, now: context.now})),
			];
		} finally {
			await store.close();
		}
	} catch (error) {
		return [checkFault('store', error)];
	}
};
