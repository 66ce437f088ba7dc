import {fieldTables} from '../domain/fields/field-tables.ts';
import {Fault, UsageFault} from '../domain/fault.ts';
import {quote} from '../domain/query/print-query.ts';
import {type Tab, tabs} from '../domain/records.ts';
import {type RecordDetail, type Services} from '../services/services.ts';

const prefixes: Readonly<Record<string, Tab>> = {log: 'logs', aa: 'tasks', exp: 'exports', whs: 'sendouts'};

/** The tab that the ID's own prefix names first; IDs that came from outside can be of any. */
const tabsFor = (id: string): readonly Tab[] => {
	const named = prefixes[/^([a-z]+)_/.exec(id)?.[1] ?? ''];
	return named === undefined ? tabs : [named, ...tabs.filter(tab => tab !== named)];
};

/** IDs that begin with `start`, up to `most` a tab. */
const idsBeginning = async (services: Services, start: string, most: number): Promise<ReadonlyArray<{readonly tab: Tab; readonly id: string}>> => {
	const found = [];
	for (const tab of tabsFor(start)) {
		const {rows} = await services.page({tab, query: `id:${quote(start)}*`, isWithoutDefault: true, direction: 'older', limit: most});
		found.push(...rows.map(({summary: {id}}) => ({tab, id})));
	}

	return found;
};

const notFound = (id: string): Fault => new Fault(`no record has the ID ${id}`, {
	remedy: id.startsWith('v-') ? `a request's records are found by auditty logs request_id:${id}` : 'find it with auditty logs, tasks, exports or sendouts',
});

/** The one record with that ID, or whose ID begins so. Throws a Fault when there is none, a UsageFault when there are several. */
export const findRecord = async (services: Services, id: string): Promise<RecordDetail> => {
	for (const tab of tabsFor(id)) {
		const detail = await services.record({tab, id, isWhole: true});
		if (detail !== null) {
			return detail;
		}
	}

	const found = await idsBeginning(services, id, 3);
	const [first] = found;
	if (first === undefined) {
		throw notFound(id);
	}

	if (found.length > 1) {
		const some = found.slice(0, 3).map(one => `${one.id} (${fieldTables[one.tab].noun[0]})`).join(', ');
		throw new UsageFault(`several IDs begin with ${id}: ${some}`, {remedy: 'write more of the one you mean'});
	}

	const detail = await services.record({...first, isWhole: true});
	if (detail === null) {
		throw notFound(id);
	}

	return detail;
};
