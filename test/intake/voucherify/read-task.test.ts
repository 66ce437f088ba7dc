import {test} from 'node:test';
import assert from 'node:assert/strict';
import {readRemoteTask} from '../../../source/intake/voucherify/read-task.ts';

const action = {id: 'aa_12f8f1b1f119f95426', type: 'CAMPAIGN.VOUCHERS_DELETE', created_at: '2026-11-22T20:00:00.000Z'};

test('an action that failed has failed at its work too, where the source says nothing of that', () => {
	assert.equal(readRemoteTask({...action, status: 'FAILED'})?.processingStatus, 'failure');
	assert.equal(readRemoteTask({...action, status: 'FAILED', operation_status: 'UNKNOWN'})?.processingStatus, 'failure');
	assert.equal(readRemoteTask({...action, status: 'FAILED', operation_status: 'SUCCESS'})?.processingStatus, 'success');
	assert.equal(readRemoteTask({...action, status: 'IN_PROGRESS'})?.processingStatus, 'unknown');
});
