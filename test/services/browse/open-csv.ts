import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {openTable, type Table} from '../../../source/services/browse/table.ts';
import {createTableView, type TableView} from '../../../source/services/browse/table-view.ts';
import {type BrowseView} from '../../../source/services/services.ts';
import {temporaryDirectory} from '../../helpers/temporary-store.ts';

/** A file with this text, open to be browsed. */
export const openCsv = async (context: Pick<TestContext, 'after'>, text: string | Buffer): Promise<Table & {readonly path: string}> => {
	const file = path.join(temporaryDirectory(context), 'rows.csv');
	writeFileSync(file, text);
	return {...await openTable({name: 'rows.csv', path: file, export: null, tab: undefined, isRaw: false}), path: file};
};

/** A view of it, worked out to its end. */
export const viewOf = async (table: Table, view: Partial<BrowseView> = {}, keyNames: Readonly<Record<string, string>> = {}): Promise<TableView> => {
	const made = createTableView(table, {query: '', sort: null, ...view}, {now: Date.UTC(2026, 10, 22, 12), timezone: 'Europe/Warsaw', keyNames});
	while (made.progress().stage !== 'done') {
		await made.step(1, undefined);
	}

	return made;
};

/** All rows of a view, as cells. */
export const cellsOf = async (view: TableView): Promise<ReadonlyArray<readonly string[]>> => {
	const rows: Array<readonly string[]> = [];
	for (;;) {
		const found = await view.rows(rows.length, 500);
		if (found.length === 0) {
			return rows;
		}

		rows.push(...found.map(({cells}) => cells));
	}
};
