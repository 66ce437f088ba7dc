import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {Fault} from '../../source/domain/fault.ts';
import {startHost} from '../../source/host/start-host.ts';
import {startWorkerProcess} from '../../source/host/start-worker-process.ts';
import {type Notice, type Notices} from '../../source/services/notices.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

const entry = fileURLToPath(new URL('../../source/cli.ts', import.meta.url));

const noticeOf = async (notices: Notices, kind: Notice['kind']): Promise<Notice> => new Promise(resolve => {
	const stop = notices.subscribe(notice => {
		if (notice.kind === kind) {
			stop();
			resolve(notice);
		}
	});
});

test('what the screen starts in the store\'s process, the worker\'s process carries out, and the screen hears of it; also after the worker was killed', async context => {
	const home = temporaryDirectory(context);
	const opening = {home, url: fileUrl(path.join(home, 'auditty.db')), isReadOnly: false};
	const host = startHost({command: [entry, '--internal-store-host'], opening});
	context.after(async () => host.stop());
	const worker = startWorkerProcess({command: [entry, '--internal-worker'], opening});
	context.after(async () => worker.stop());
	await Promise.all([host.ready, worker.ready]);

	const importFile = async (name: string): Promise<void> => {
		const file = path.join(home, name);
		writeFileSync(file, `${JSON.stringify({id: `log_${name}`, created_at: '2026-11-22T10:00:00.000Z', status: 200, method: 'GET', url: 'https://shop.example/v1/vouchers'})}\n`);
		const {id} = await host.services.startImport({path: file});
		for (;;) {
			const changed = noticeOf(host.notices, 'store-changed');
			const {rows: [task]} = await host.services.page({tab: 'tasks', query: `id:${id}`, direction: 'older', limit: 1});
			if (task?.summary.status === 'done') {
				break;
			}

			await changed;
		}

		const {rows} = await host.services.page({tab: 'logs', query: `id:log_${name}`, direction: 'older', limit: 10});
		assert.deepEqual(rows.map(({summary}) => summary.id), [`log_${name}`]);
	};

	await importFile('first.ndjson');
	const restarted = noticeOf(worker.notices, 'child-restarted');
	process.kill(worker.pid() ?? 0, 'SIGKILL');
	assert.deepEqual(await restarted, {kind: 'child-restarted', child: 'worker', reason: 'SIGKILL'});
	await importFile('second.ndjson');
});

test('a store that cannot be opened is told by both, with its remedy', async context => {
	const home = temporaryDirectory(context);
	const file = path.join(home, 'auditty.db');
	writeFileSync(file, 'no database at all, but long enough that it could be one '.repeat(100));
	const opening = {home, url: fileUrl(file), isReadOnly: false};
	const host = startHost({command: [entry, '--internal-store-host'], opening});
	context.after(async () => host.stop());
	const worker = startWorkerProcess({command: [entry, '--internal-worker'], opening});
	context.after(async () => worker.stop());
	const isFault = (error: unknown): boolean => error instanceof Fault && /not a store/.test(error.message) && error.remedy !== undefined;
	await assert.rejects(host.ready, isFault);
	await assert.rejects(worker.ready, isFault);
	await assert.rejects(host.services.overview(), isFault);
});

test('a process that cannot start is tried again ever more rarely, and says why', async context => {
	const worker = startWorkerProcess({command: [path.join(temporaryDirectory(context), 'missing.js')], opening: {isReadOnly: false}});
	context.after(async () => worker.stop());
	const down = await noticeOf(worker.notices, 'child-down');
	assert(down.kind === 'child-down');
	assert.match(down.reason, /exit code 1: [^]*missing\.js/);
});
