import {type Sendout} from '../../domain/records.ts';
import {insertRecord} from '../query/stored-record.ts';
import {type Store} from '../store.ts';
import {insertAttempts} from './insert-attempts.ts';

/** Stores received sendouts, each once by its ID, all or none; says for each whether it is new. Survives a loss of power. */
export const insertReceived = async (store: Store, sendouts: readonly Sendout[]): Promise<readonly boolean[]> => {
	const groups = sendouts.map(sendout => [...insertRecord('sendouts', sendout), ...insertAttempts(sendout)]);
	const results = await store.write(groups.flat());
	let at = 0;
	return groups.map(group => {
		const isNew = (results[at]?.rowsAffected ?? 0) > 0;
		at += group.length;
		return isNew;
	});
};
