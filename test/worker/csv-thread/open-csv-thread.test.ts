import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createCsvFormatter, type CsvLayout} from '../../../source/services/export/csv-formatter.ts';
import {openCsvThread} from '../../../source/worker/csv-thread/open-csv-thread.ts';

const layout: CsvLayout = {tab: 'logs', fields: ['id', 'created_at', 'request_body', 'request_headers'], isRaw: false};
const page = (first: number) => new TextEncoder().encode(Array.from({length: 50}, (_, index) =>
	JSON.stringify([`log_${first + index}`, 1_000_000 + index, ['=1+1', 'a,"b"\r\n', '咖啡 ☕', null][index % 4], index % 2 === 0 ? '{"a":"b"}' : null])).join('\n'));

test('a thread makes the same CSV as this one does, page by page in the order that was asked for', async () => {
	const here = createCsvFormatter(layout);
	const thread = openCsvThread(layout);
	const pages = await Promise.all([0, 50, 100, 150].map(async first => thread.format(page(first))));
	await thread.close();
	for (const [index, {csv, rows}] of pages.entries()) {
		assert.equal(rows, 50);
		assert.deepEqual(csv, (await here.format(page(index * 50))).csv);
	}
});

test('what cannot be formatted is an error of its page alone, and a thread that is gone one of every page', async () => {
	const thread = openCsvThread(layout);
	await thread.format(page(0));
	await assert.rejects(thread.format(new TextEncoder().encode('[no JSON')), SyntaxError);
	assert.equal((await thread.format(page(0))).rows, 50);
	const waiting = thread.format(page(0));
	await Promise.all([thread.close(), assert.rejects(waiting, /the thread that makes CSV ended/)]);
	await assert.rejects(thread.format(page(0)), /the thread that makes CSV ended/);
});

test('a field that is not known is refused before any work', () => {
	assert.throws(() => openCsvThread({...layout, fields: ['nothing']}), {name: 'Fault', message: /nothing/});
});
