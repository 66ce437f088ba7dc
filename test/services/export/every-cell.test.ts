import assert from 'node:assert/strict';
import {test} from 'node:test';
import {parse} from 'csv-parse/sync';
import {withoutSpreadsheetSafety} from '../../../source/domain/csv/spreadsheet-safe.ts';
import {exportableFields} from '../../../source/domain/fields/exportable.ts';
import {fieldNamed, fieldsOf} from '../../../source/domain/fields/field-tables.ts';
import {type Field} from '../../../source/domain/fields/field.ts';
import {tabs} from '../../../source/domain/records.ts';
import {readRfc4180} from '../../helpers/read-rfc4180.ts';
import {temporaryDirectory, temporaryStore} from '../../helpers/temporary-store.ts';
import {hostilePrefix, hostileRecords, storeHostileRecords, wantedCell} from './hostile-records.ts';
import {makeExport} from './make-export.ts';

const now = (): number => Date.UTC(2026, 10, 23);

for (const tab of tabs) {
	test(`${tab}: every field can be exported, and each cell of each record is there, byte for byte, raw and neutralised`, async t => {
		const store = await temporaryStore(t);
		const context = {store, dataDirectory: temporaryDirectory(t), now};
		await storeHostileRecords(store);
		const fields = exportableFields(tab);
		assert.deepEqual(fields, fieldsOf(tab).map(({name}) => name));
		const wanted = hostileRecords(tab).map(record => fields.map(name => wantedCell(fieldNamed(tab, name) as Field, (record as unknown as Readonly<Record<string, unknown>>)[name])));
		for (const isRaw of [true, false]) {
			const {text} = await makeExport(context, {tab, query: `id:${hostilePrefix[tab]}*`, fields, isRaw, order: 'created_at'});
			const [heading, ...rows] = readRfc4180(text);
			assert.deepEqual(heading, fields);
			assert.deepEqual(parse(text, {bom: false}), [heading, ...rows]);
			assert.equal(rows.length, wanted.length);
			for (const [index, row] of rows.entries()) {
				const cells = isRaw ? row : row.map(withoutSpreadsheetSafety);
				for (const [column, cell] of cells.entries()) {
					// Whole megabytes are no message.
					assert.ok(cell === wanted[index]?.[column], `${tab} ${index} ${fields[column]}: ${JSON.stringify(cell.slice(0, 200))} is not ${JSON.stringify(wanted[index]?.[column]?.slice(0, 200))}`);
				}
			}
		}
	});
}
