import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {test, type TestContext} from 'node:test';
import {withoutSpreadsheetSafety} from '../../source/domain/csv/spreadsheet-safe.ts';
import {exportableFields} from '../../source/domain/fields/exportable.ts';
import {fieldsOf} from '../../source/domain/fields/field-tables.ts';
import {type Tab, tabs} from '../../source/domain/records.ts';
import {defaultStoreUrl} from '../../source/store/data-directory.ts';
import {openStore} from '../../source/store/open-store.ts';
import {readRfc4180} from '../helpers/read-rfc4180.ts';
import {runCli} from '../helpers/run-cli.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';
import {hostilePrefix, hostileRecords, storeHostileRecords, wantedCell, wantedJson} from '../services/export/hostile-records.ts';

type Rows = ReadonlyArray<readonly string[]>;

const hostileHome = async (context: TestContext): Promise<string> => {
	const home = temporaryDirectory(context);
	const store = await openStore({url: defaultStoreUrl(home), isReadOnly: false});
	await storeHostileRecords(store);
	await store.close();
	return home;
};

/** Records in the order of a list, the newest first, each as the values of its fields. */
const newestFirst = (tab: Tab): ReadonlyArray<ReadonlyArray<readonly [name: string, value: unknown]>> =>
	hostileRecords(tab).toReversed().map(record => fieldsOf(tab).map(({name}) => [name, (record as unknown as Readonly<Record<string, unknown>>)[name]]));

const wantedRows = (tab: Tab): Rows => newestFirst(tab).map(values => values.map(([, value], index) => wantedCell(fieldsOf(tab)[index]!, value)));

/** Names the first cell that differs: whole megabytes are no message. */
const assertSame = (rows: Rows, wanted: Rows, what: string): void => {
	assert.equal(rows.length, wanted.length, what);
	for (const [index, row] of rows.entries()) {
		const column = row.findIndex((cell, at) => cell !== wanted[index]?.[at]);
		assert.ok(column === -1 && row.length === wanted[index]?.length, `${what}, row ${index}, column ${column}: ${JSON.stringify([row[column], wanted[index]?.[column]]).slice(0, 500)}`);
	}
};

for (const tab of tabs) {
	test(`auditty ${tab} prints every field of hostile records as it is: JSON, CSV raw and neutralised`, async t => {
		const home = await hostileHome(t);
		const wanted = wantedRows(tab);
		const print = async (...flags: readonly string[]): Promise<string> => {
			const {code, stdout, stderr} = await runCli([tab, `id:${hostilePrefix[tab]}*`, '--limit', '0', ...flags], {home});
			assert.deepEqual([code, stderr], [0, '']);
			return stdout;
		};

		const [heading, ...raw] = readRfc4180(await print('--csv', '--raw'));
		assert.deepEqual(heading, fieldsOf(tab).map(({name}) => name));
		assertSame(raw, wanted, '--csv --raw');
		assertSame(readRfc4180(await print('--csv')).slice(1).map(row => row.map(withoutSpreadsheetSafety)), wanted, '--csv');
		const lines = (await print('--json')).trimEnd().split('\n').map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);
		assertSame(
			lines.map(line => fieldsOf(tab).map(({name}) => JSON.stringify(line[name]))),
			newestFirst(tab).map(values => values.map(([, value], index) => JSON.stringify(wantedJson(fieldsOf(tab)[index]!, value)))),
			'--json',
		);
		assert.deepEqual(Object.keys(lines[0] ?? {}), heading);
	});
}

test('auditty export gives every field of hostile logs, to standard output, into a file, and again by download and browse', async t => {
	const home = await hostileHome(t);
	const run = async (...args: readonly string[]) => {
		const result = await runCli(args, {home});
		assert.equal(result.code, 0, result.stderr);
		return result;
	};

	const fields = exportableFields('logs').join(',');
	for (const flags of [['--raw'], []]) {
		const {stdout, stderr} = await run('export', `id:${hostilePrefix.logs}*`, '--fields', fields, ...flags);
		const [heading, ...rows] = readRfc4180(stdout);
		assert.equal(heading?.join(','), fields);
		assertSame(flags.length > 0 ? rows : rows.map(row => row.map(withoutSpreadsheetSafety)), wantedRows('logs'), `export ${flags.join(' ')}`);

		const id = /exp_[\da-f]{18}/.exec(stderr)?.[0] ?? '';
		const file = path.join(home, `copy${flags.join('')}.csv`);
		await run('download', id, '--output', file);
		assert.ok((await run('download', id)).stdout === stdout && readFileSync(file, 'utf8') === stdout, 'the same file again');
		assert.ok((await run('browse', id, '--csv', '--limit', '0', ...flags)).stdout === stdout, 'the same rows again');
	}
});
