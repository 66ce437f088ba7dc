import {UsageFault} from '../fault.ts';
import {type Tab} from '../records.ts';
import {fieldsOf} from './field-tables.ts';

/** What an export of a tab's records is called. */
export const resourceOf: {readonly [T in Tab]: string} = {logs: 'api_log', tasks: 'background_task', exports: 'export', sendouts: 'sendout'};

/** Fields that an export can hold. */
export const exportableFields = (tab: Tab): readonly string[] =>
	fieldsOf(tab).filter(field => field.export !== undefined).map(({name}) => name);

/** Fields that an export holds unless asked otherwise: for logs the 14 of `api_log`. */
export const defaultExportFields = (tab: Tab): readonly string[] =>
	fieldsOf(tab).filter(field => field.export === 'default').map(({name}) => name);

/** Checks names of fields, each of which may occur once. Throws a `UsageFault` that names those that there are. */
export const readExportFields = (tab: Tab, names: readonly string[]): readonly string[] => {
	const known = exportableFields(tab);
	const unknown = names.find(name => !known.includes(name));
	if (unknown !== undefined || names.length === 0) {
		throw new UsageFault(unknown === undefined || unknown === '' ? 'the fields hold an empty name' : `there is no field ${unknown}`, {remedy: `choose of ${known.join(', ')}`});
	}

	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) {
		throw new UsageFault(`the field ${twice} is named twice`, {remedy: 'name it once'});
	}

	return names;
};
