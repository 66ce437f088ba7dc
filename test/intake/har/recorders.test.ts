import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {type SourceLog} from '../../../source/services/import/log-source.ts';
import {logsOf, readText} from '../read-source.ts';

const logsOfRecorder = async (name: string): Promise<readonly SourceLog[]> =>
	logsOf(await readText(readFileSync(path.join(import.meta.dirname, '..', '..', 'fixtures', 'import', `${name}.har`))));

const at = (hour: number, minute: number, second: number, ms = 0): number => Date.UTC(2026, 10, 22, hour, minute, second, ms);

/** Of each entry: when, status, duration, request body, response body, error. */
const recorders: Readonly<Record<string, ReadonlyArray<readonly [at: number, status: number | null, duration: number | null, request: string | RegExp | null, response: string | RegExp | null, error?: string]>>> = {
	chrome: [
		[at(9, 59, 59, 999), 400, 44.123, /"crm-10422"/, /"quantity_exceeded"/],
		[at(10, 0, 0, 10), 200, 0.5, null, '[binary, 48 bytes, image/png]'],
		[at(10, 1, 0, 200), null, 3.1, null, null, 'net::ERR_CONNECTION_REFUSED'],
		[at(10, 1, 1), 101, null, null, null],
	],
	firefox: [
		[at(10, 0, 0, 210), 200, 63, 'scope=api&client_secret=planted-secret', '{"ok":true,"ü":1}'],
		[at(10, 0, 1), null, 0, null, ''],
		[at(10, 0, 2), 200, 6, null, null],
	],
	safari: [
		[at(10, 0, 0, 500), 404, 31, null, /not_found/],
		[at(10, 0, 1, 500), null, 0, null, null, 'A server with the specified hostname could not be found.'],
	],
	mitmproxy: [
		[at(10, 0, 0, 123), 202, 91.289, /^--abc\r\n.*codes\.csv/, /aa_12f8e88ae11fd24d4f/],
		[at(10, 0, 2), null, 1, null, null],
		[at(10, 0, 3, 500), 200, 5, null, 'für'],
	],
	postman: [
		[at(10, 0, 0), 200, 120, /"balance": 10\.00/, '{"id":"cust_1"}'],
		[at(10, 0, 5), null, null, null, null],
	],
	charles: [
		[at(10, 0, 0), 200, 88, null, '{"campaigns":[]}'],
		[at(10, 0, 9), null, 10_000, '{}', null],
	],
};

const same = (given: string | null | undefined, expected: string | RegExp | null): void => {
	if (expected instanceof RegExp) assert.match(given ?? '', expected);
	else assert.equal(given, expected);
};

for (const [name, entries] of Object.entries(recorders)) {
	test(`HAR as ${name} writes it`, async () => {
		const logs = await logsOfRecorder(name);
		assert.equal(logs.length, entries.length);
		for (const [index, [createdAt, status, duration, request, response, error]] of entries.entries()) {
			const log = logs[index]!;
			assert.deepEqual([log.created_at, log.status, log.request_duration, log.error_key], [createdAt, status, duration, error]);
			same(log.request_body, request);
			same(log.response_body, response);
		}
	});
}
