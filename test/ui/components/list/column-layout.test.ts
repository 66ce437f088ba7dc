import {test} from 'node:test';
import assert from 'node:assert/strict';
import {fieldsOf} from '../../../../source/domain/fields/field-tables.ts';
import {tabs, type Tab} from '../../../../source/domain/records.ts';
import {columnGap, placeColumns} from '../../../../source/ui/components/list/column-layout.ts';
import {moveTo, turnPage} from '../../../../source/ui/components/list/list-window.ts';

const headers = (width: number, tab: Tab = 'logs') => placeColumns(fieldsOf(tab), width).map(({column}) => column.header);

test('at 80 columns status, time, endpoint and error remain', () => {
	assert.deepEqual(headers(77), ['STATUS', 'DATE', 'ENDPOINT', 'ERROR']);
});

test('wider screens bring further columns in, at their places, and never lose one that was there', () => {
	assert.deepEqual(headers(117), ['STATUS', 'DATE', 'METHOD', 'ENDPOINT', 'CHANNEL', 'USER / CUSTOMER', 'MS', 'ERROR']);
	let before: readonly string[] = [];
	for (let width = 60; width < 260; width++) {
		const now = headers(width);
		assert.deepEqual(before.filter(header => !now.includes(header)), [], String(width));
		before = now;
	}
});

test('tasks and exports: at 120 columns all that one looks for, at 80 what it is, how far it is and when it began', () => {
	assert.deepEqual(headers(117, 'tasks'), ['STATUS', 'TASK ID', 'TYPE', 'PROCESSING', 'PROGRESS', 'TIME', 'CREATED']);
	assert.deepEqual(headers(77, 'tasks'), ['STATUS', 'TYPE', 'PROGRESS', 'CREATED']);
	assert.deepEqual(headers(117, 'exports'), ['STATUS', 'RESOURCE', 'EXPORT ID', 'USER', 'CREATED', 'ROWS', 'SIZE']);
	assert.deepEqual(headers(77, 'exports'), ['STATUS', 'RESOURCE', 'CREATED', 'ROWS', 'SIZE']);
});

test('columns and gaps fill no more than the width, on every tab', () => {
	for (const tab of tabs) {
		for (let width = 57; width < 240; width++) {
			const used = placeColumns(fieldsOf(tab), width).reduce((sum, column) => sum + column.width + columnGap, -columnGap);
			assert.ok(used <= width && used > 20, `${tab} ${width} ${used}`);
		}
	}
});

test('the cursor moves inside the page; at its edges the page moves by half a screen', () => {
	const start = {cursor: 0, top: 0};
	assert.deepEqual(moveTo(start, 9, 10, 100), {cursor: 9, top: 0});
	assert.deepEqual(moveTo({cursor: 9, top: 0}, 10, 10, 100), {cursor: 10, top: 5});
	assert.deepEqual(moveTo({cursor: 5, top: 5}, 4, 10, 100), {cursor: 4, top: 0});
	assert.deepEqual(moveTo(start, 500, 10, 100), {cursor: 99, top: 90});
	assert.equal(moveTo(start, -3, 10, 100), start);
	assert.deepEqual(turnPage({cursor: 3, top: 0}, 10, 10, 100), {cursor: 13, top: 10});
	assert.deepEqual(turnPage({cursor: 95, top: 90}, 10, 10, 100), {cursor: 99, top: 90});
	assert.deepEqual(turnPage({cursor: 0, top: 0}, 5, 10, 3), {cursor: 2, top: 0});
});
