import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {createServices} from '../../../source/services/create-services.ts';
import {loadSample} from '../../../source/services/sample/load-sample.ts';
import {type Services} from '../../../source/services/services.ts';
import {findSampleDirectory} from '../../../source/services/sample/sample-directory.ts';
import {openStore} from '../../../source/store/open-store.ts';
import {type Store} from '../../../source/store/store.ts';
import {type Sendout, type Tab} from '../../../source/domain/records.ts';

const morning = Date.UTC(2027, 2, 28, 1, 30);
const hour = 3_600_000;

/** The first records of each file: enough where it does not matter which they are. */
async function makeSmallSample(directory: string): Promise<void> {
	await Promise.all(['settings.json', 'logs.ndjson', 'tasks.ndjson', 'exports.ndjson', 'sendouts.ndjson'].map(async name => {
		const text = await readFile(path.join(findSampleDirectory(), name), 'utf8');
		await writeFile(path.join(directory, name), name === 'settings.json' ? text : text.split('\n').slice(0, 20).join('\n'));
	}));
}

async function withStore(work: (open: {readonly store: Store; readonly services: (at: number) => Services; readonly directory: string}) => Promise<void>): Promise<void> {
	const home = await mkdtemp(path.join(os.tmpdir(), 'auditty-sample-'));
	const store = await openStore({url: `file:${path.join(home, 'store.db')}`, isReadOnly: false, home});
	try {
		await work({store, directory: home, services: at => createServices({store, dataDirectory: home, now: () => at})});
	} finally {
		await store.close();
		await rm(home, {recursive: true});
	}
}

const countIn = async (services: Services, tab: Tab, query: string): Promise<number> => (await services.count({tab, query, cap: 10_000, ...(query === '' ? {isWithoutDefault: true} : {})})).count;

test('a newcomer finds each story by the query that the README gives', async () => {
	await withStore(async ({store, services: at}) => {
		const report = await loadSample({store, now: () => morning, redaction: null});
		const services = at(morning + 60_000);
		assert.equal(report.rejected, 0);
		assert.equal(await countIn(services, 'logs', ''), report.inserted);
		assert.equal(await countIn(services, 'logs', 'since:3h error:quantity_exceeded'), 400);
		assert.equal(await countIn(services, 'logs', 'client_key:"Mobile app 2025" status:200 since:5h'), 0);
		assert.ok(await countIn(services, 'logs', 'client_key:"Mobile app 2025" status:401') > 50);
		assert.equal(await countIn(services, 'logs', 'since:4h campaign:Partner-Codes-Autumn'), 15);
		assert.equal(await countIn(services, 'logs', 'customer:crm-20417 status:failure'), 2);
		assert.ok(await countIn(services, 'logs', 'error:invalid_payload channel:Node.js-24.1.0-SDK-v8.0.0') > 60);
		assert.ok(await countIn(services, 'logs', 'since:20h until:19h status:5xx') > 20);
		assert.ok(await countIn(services, 'sendouts', 'status:retrying') > 10);
		assert.equal((await services.settings()).projectName, 'nordlicht-coffee');
	});
});

test('what belongs together is linked: a call, its task, and the sendouts of its request', async () => {
	await withStore(async ({store, services: at}) => {
		await loadSample({store, now: () => morning, redaction: null});
		const services = at(morning + 60_000);
		const [task] = (await services.page({tab: 'tasks', query: 'type:CAMPAIGN.VOUCHERS_IMPORT', isWithoutDefault: true, direction: 'older', limit: 1})).rows;
		assert.equal(task!.summary.failed_count, 37);
		const fromTask = await services.related({tab: 'tasks', id: task!.summary.id});
		assert.ok(fromTask.some(({tab, id}) => tab === 'logs' && id === task!.summary.log_id));

		const [sendout] = (await services.page({tab: 'sendouts', query: 'status:retrying', isWithoutDefault: true, direction: 'older', limit: 1})).rows;
		assert.ok((await services.related({tab: 'sendouts', id: sendout!.summary.id})).some(({tab}) => tab === 'logs'));
		const detail = await services.record({tab: 'sendouts', id: sendout!.summary.id});
		assert.equal((detail!.record as Sendout).attempt_log.length, sendout!.summary.attempts);
	});
});

test('no secret of the sample reaches the store', async () => {
	await withStore(async ({store}) => {
		const report = await loadSample({store, now: () => morning, redaction: {fingerprintKey: 'a key', extraKeys: []}});
		assert.ok(report.secrets_replaced > 100);
		const left = await store.read('SELECT url, request_headers, response_headers, request_body, response_body FROM logs JOIN log_contents USING (seq)');
		assert.deepEqual(left.map(row => JSON.stringify(row)).filter(row => /not-a-real|real-bearer/.test(row)), []);
	});
});

test('loading again within a day adds nothing, a day later the sample ends anew', async () => {
	await withStore(async ({store, directory, services: at}) => {
		await makeSmallSample(directory);
		const first = await loadSample({store, directory, now: () => morning, redaction: null});
		const again = await loadSample({store, directory, now: () => morning + 23 * hour, redaction: null});
		assert.deepEqual([again.inserted, again.duplicates], [0, first.inserted]);
		const tasks = await countIn(at(morning), 'tasks', '');
		const later = await loadSample({store, directory, now: () => morning + 25 * hour, redaction: null});
		assert.equal(later.inserted, first.inserted);
		assert.equal(await countIn(at(morning + 25 * hour), 'tasks', ''), 2 * tasks);
	});
});

test('names that a store has already stay', async () => {
	await withStore(async ({store, directory, services: at}) => {
		await makeSmallSample(directory);
		const services = at(morning);
		await services.setSetting({key: 'project.name', value: 'mine'});
		await services.setSetting({key: 'keys.92d7b0e5-4c16-4f83-a0b9-7d5e1c28f360', value: 'Phones'});
		await loadSample({store, directory, now: () => morning, redaction: null});
		const {projectName, keyNames} = await services.settings();
		assert.equal(projectName, 'mine');
		assert.equal(keyNames['92d7b0e5-4c16-4f83-a0b9-7d5e1c28f360'], 'Phones');
		assert.equal(keyNames['c06f4a8b-7e25-4d91-a4f2-18b9d3e05c77'], 'Mobile app');
	});
});
