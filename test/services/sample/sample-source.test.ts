import assert from 'node:assert/strict';
import {test} from 'node:test';
import {instantOfId} from '../../../source/domain/ids.ts';
import {type SourceLog} from '../../../source/domain/derive/source-log.ts';
import {moveInTime} from '../../../source/services/sample/move-in-time.ts';
import {findSampleDirectory} from '../../../source/services/sample/sample-directory.ts';
import {sampleSource} from '../../../source/services/sample/sample-source.ts';

const until = Date.UTC(2027, 2, 28, 1, 30);

async function readAll(): Promise<readonly SourceLog[]> {
	const source = await sampleSource({directory: findSampleDirectory(), until});
	const logs: SourceLog[] = [];
	for await (const items of source.items) {
		logs.push(...items.map(item => item.kind === 'log' ? item.log : assert.fail(item.reason)));
	}

	return logs;
}

test('the sample ends a minute or so before the moment asked for, and IDs tell the same time as dates', async () => {
	const logs = await readAll();
	const newest = Math.max(...logs.map(log => log.created_at!));
	assert.ok(newest < until && newest > until - 120_000);
	for (const log of logs) {
		assert.ok(Math.abs(instantOfId(log.id!)! - log.created_at!) <= 1, log.id);
	}
});

test('references inside bodies move with what they name', async () => {
	const [refused] = (await readAll()).filter(log => log.response_body?.includes('"key":"quantity_exceeded"'));
	const body = JSON.parse(refused!.response_body!) as {request_id: string; resource_id: string};
	assert.equal(body.request_id, refused!.request_id);
	assert.ok(Math.abs(instantOfId(body.resource_id)! - refused!.created_at!) < 1000);
});

test('moving there and back gives the same text', () => {
	const text = '{"id":"log_12f8d7ff415061a645","at":"2026-09-01T10:07:45.918Z","b":"{\\"r\\":\\"v-12f8d7ff3f8e1cefe9\\"}","cust":"cust_WOSvvMeHoGhQDI7Iysv86PTo","day":"2026-12-31T23:59:59Z"}';
	const moved = moveInTime(text, 86_400_000);
	assert.match(moved, /"2026-09-02T10:07:45\.918Z"/);
	assert.equal(instantOfId(/log_\w+/.exec(moved)![0]), Date.parse('2026-09-02T10:07:45.925Z'));
	assert.equal(moveInTime(moved, -86_400_000), text);
});
