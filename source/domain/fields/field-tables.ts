import {type Tab} from '../records.ts';
import {type Field, type FieldTable, type QueryKey} from './field.ts';
import {logFields} from './log-fields.ts';
import {taskFields} from './task-fields.ts';
import {exportFields} from './export-fields.ts';
import {sendoutFields} from './sendout-fields.ts';

/** The one table of fields of each tab: SQL, form, chips, columns, CSV, JSON and help derive from it. */
export const fieldTables: {readonly [T in Tab]: FieldTable<T>} = {
	logs: logFields,
	tasks: taskFields,
	exports: exportFields,
	sendouts: sendoutFields,
};

export const fieldsOf = (tab: Tab): readonly Field[] => fieldTables[tab].fields;

export const fieldNamed = (tab: Tab, name: string): Field | undefined => fieldsOf(tab).find(field => field.name === name);

/** A query key with the field that it filters. */
export type BoundKey = QueryKey & {readonly field: Field};

/** Query keys of a tab, in the order of its fields. */
export const queryKeysOf = (tab: Tab): readonly BoundKey[] =>
	fieldsOf(tab).flatMap(field => (field.queryKeys ?? []).map(key => ({...key, field})));
