import {test} from 'node:test';
import assert from 'node:assert/strict';
import {paceOf} from '../../source/domain/task-pace.ts';
import {formatRoughly} from '../../source/domain/time/format-time.ts';
import {makeTask} from '../helpers/seed-home.ts';

const running = makeTask({id: 'aa_1', status: 'in_progress', processing_status: 'unknown', progress: 20, done_count: 900, failed_count: 100, total_count: null, processing_time: 4000});

test('the pace of a task is that of all its work so far, failed items included', () => {
	assert.deepEqual(paceOf(running), {perSecond: 250, leftMs: 16_000});
	assert.deepEqual(paceOf({...running, progress: 0}), {perSecond: 250, leftMs: null});
});

test('no pace is told of a task that waits, has ended, has just begun, or is worked on elsewhere', () => {
	assert.equal(paceOf({...running, status: 'scheduled'}), null);
	assert.equal(paceOf({...running, status: 'done', progress: 100}), null);
	assert.equal(paceOf({...running, processing_time: null}), null);
	assert.equal(paceOf({...running, processing_time: 300}), null);
	assert.equal(paceOf({...running, origin: 'voucherify'}), null);
});

test('a rough duration is its larger unit', () => {
	assert.deepEqual([440, 1200, 59_000, 200_000, 7_500_000].map(formatRoughly), ['440 ms', '1.2 s', '59 s', '3 min', '2 h']);
});
