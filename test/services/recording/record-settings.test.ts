import assert from 'node:assert/strict';
import {test} from 'node:test';
import {readByteSize, readRecordSettings} from '../../../source/services/recording/record-settings.ts';

test('sizes are read as people write them', () => {
	for (const [text, bytes] of [['0', 0], ['65536', 65_536], ['64 KiB', 65_536], ['64kb', 65_536], ['2 MB', 2_097_152], ['256 MiB', 268_435_456], ['257 MiB', null], ['many', null], ['', null], ['-1', null], ['1.5 MB', null], ['1 TB', null]] as const) {
		assert.equal(readByteSize(text), bytes, text);
	}
});

test('what is not set, or was set by a newer auditty, is as if unset', () => {
	const unset = readRecordSettings({});
	assert.deepEqual(unset, {bodyLimit: 65_536, uploadLimit: 16_777_216, rules: {}});
	assert.deepEqual(readRecordSettings({'record.user': 'cookie:x', 'record.body_limit': 'much'}), unset);
	assert.deepEqual(readRecordSettings({'record.user': 'header:X-User', 'record.body_limit': '1 KiB'}).rules, {user_email: [{place: 'header', name: 'X-User'}]});
});
