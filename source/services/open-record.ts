import {type Sendout, type Tab} from '../domain/records.ts';
import {readRecord} from '../store/query/read-record.ts';
import {readHold} from '../store/webhooks/read-hold.ts';
import {readTries} from '../store/tasks/read-tries.ts';
import {type RecordDetail} from './services.ts';
import {type ServiceContext} from './service-context.ts';

/** Characters of a body that the screen gets: a body of 1 MB is whole. */
export const cutAt = 2 * 1024 * 1024;

/** A whole record by its ID, or null when there is none; bodies longer than `cutAt` are cut, unless asked for whole. */
export const openRecord = async ({store}: ServiceContext, {tab, id, isWhole = false}: {readonly tab: Tab; readonly id: string; readonly isWhole?: boolean}): Promise<RecordDetail | null> => {
	const found = await readRecord(store, tab, id, isWhole ? undefined : cutAt);
	if (found === null) {
		return null;
	}

	const {place, record, cut} = found;
	const tries = tab === 'tasks' ? await readTries(store, id) : null;
	const hold = tab === 'sendouts' ? await readHold(store, record as Sendout) : null;
	return {tab, position: place, record, ...(Object.keys(cut).length === 0 ? {} : {cut}), ...(tries && {tries}), ...(hold && {hold})};
};
