import assert from 'node:assert/strict';
import {execFile, spawn} from 'node:child_process';
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {test} from 'node:test';
import {promisify} from 'node:util';
import {Fault, UsageFault} from '../../source/domain/fault.ts';
import {insertLogs} from '../../source/store/logs/insert-logs.ts';
import {migrations} from '../../source/store/migrations/migrations.ts';
import {openStore} from '../../source/store/open-store.ts';
import {makeLog} from '../helpers/make-log.ts';
import {fileUrl, temporaryDirectory} from '../helpers/temporary-store.ts';

const fixture = path.join(import.meta.dirname, 'fixtures', 'use-store.ts');
const run = promisify(execFile);
const inProcess = (...args: readonly string[]) => run(process.execPath, ['--import', 'tsx', fixture, ...args]);

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

const stateOf = (directory: string): unknown => readdirSync(directory).map(name => {
	const stats = statSync(path.join(directory, name), {bigint: true});
	return [name, stats.size, stats.mtimeNs, readFileSync(path.join(directory, name)).toString('base64')];
});

test('nobody else can read a store, nor the files beside it, whatever the umask', async context => {
	const directory = path.join(temporaryDirectory(context), 'new', 'home');
	const before = process.umask(0);
	context.after(() => process.umask(before));
	const store = await openStore({url: fileUrl(path.join(directory, 'a.db')), isReadOnly: false});
	await insertLogs(store, [makeLog({id: 'log_1'})], {storedAt: 1});
	assert.equal(modeOf(directory), '700');
	assert.deepEqual(readdirSync(directory).map(name => [name, modeOf(path.join(directory, name))]), [['a.db', '600'], ['a.db-shm', '600'], ['a.db-wal', '600']]);
	await store.close();

	chmodSync(path.join(directory, 'a.db'), 0o644);
	await (await openStore({url: fileUrl(path.join(directory, 'a.db')), isReadOnly: false})).close();
	assert.equal(modeOf(path.join(directory, 'a.db')), '600');
});

test('what is deleted leaves no trace in the file, and gives its space back', async context => {
	const file = path.join(temporaryDirectory(context), 'a.db');
	const store = await openStore({url: fileUrl(file), isReadOnly: false});
	await insertLogs(store, Array.from({length: 200}, (_, index) => makeLog({id: `log_${index}`, request_body: `planted-secret ${'x'.repeat(5000)}`})), {storedAt: 1});
	await store.write([{sql: 'DELETE FROM logs'}]);
	await store.giveBackSpace(100_000);
	await store.close();
	assert.equal(readFileSync(file).includes('planted-secret'), false);
	assert.ok(statSync(file).size < 400_000, `${statSync(file).size} bytes are left`);
});

test('six processes that open a new store at once all succeed', async context => {
	const file = path.join(temporaryDirectory(context), 'a.db');
	await Promise.all(Array.from({length: 6}, (_, index) => inProcess(file, 'insert', `p${index}`, '20')));
	const store = await openStore({url: fileUrl(file), isReadOnly: false});
	context.after(() => store.close());
	assert.deepEqual(await store.read('SELECT count(*) AS logs FROM logs'), [{logs: 120}]);
	assert.deepEqual(await store.read('SELECT version FROM schema_versions ORDER BY version'), migrations.map((_, index) => ({version: index + 1})));
	assert.deepEqual(await store.read('PRAGMA auto_vacuum'), [{auto_vacuum: 2}]);
});

test('every write that was acknowledged is there, though another process held the write lock again and again', async context => {
	const file = path.join(temporaryDirectory(context), 'a.db');
	const store = await openStore({url: fileUrl(file), isReadOnly: false});
	context.after(() => store.close());
	let isHeld = true;
	const holder = inProcess(file, 'hold', '40').finally(() => {
		isHeld = false;
	});
	let acknowledged = 0;
	while (isHeld) {
		await store.write([{sql: 'INSERT INTO settings (key, value) VALUES (?, ?)', args: [`a ${acknowledged}`, '']}]);
		acknowledged++;
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}

	await holder;
	const other = await openStore({url: fileUrl(file), isReadOnly: true});
	context.after(() => other.close());
	assert.deepEqual(await other.read(`SELECT count(*) AS count FROM settings WHERE key LIKE 'a %'`), [{count: acknowledged}]);
});

test('a process that is killed while it stores logs loses none that was acknowledged, and leaves a whole store', async context => {
	const file = path.join(temporaryDirectory(context), 'a.db');
	let acknowledged = 0;
	for (let round = 0; round < 3; round++) {
		const child = spawn(process.execPath, ['--import', 'tsx', fixture, file, 'insert-for-ever', `r${round}`], {stdio: ['ignore', 'pipe', 'inherit']});
		let answers = 0;
		await new Promise<void>(resolve => {
			child.stdout.on('data', (data: Buffer) => {
				answers += data.toString().split('\n').length - 1;
				if (answers > 3 + round) {
					child.kill('SIGKILL');
				}
			});
			child.on('close', () => resolve());
		});
		acknowledged += answers * 100;
	}

	const store = await openStore({url: fileUrl(file), isReadOnly: false});
	context.after(() => store.close());
	const [row] = await store.read('SELECT (SELECT count(*) FROM logs) AS logs, (SELECT count(*) FROM log_contents) AS contents');
	assert.ok(Number(row?.logs) >= acknowledged, `${Number(row?.logs)} of ${acknowledged}`);
	assert.equal(row?.contents, row?.logs);
	assert.equal(Number(row?.logs) % 100, 0);
	assert.deepEqual(await store.read('PRAGMA integrity_check'), [{integrity_check: 'ok'}]);
});

test('read-only, nothing is written, not even beside the store', async context => {
	const directory = temporaryDirectory(context);
	const file = path.join(directory, 'a.db');
	await inProcess(file, 'insert', 'p', '5');
	for (const suffix of ['-wal', '-shm']) {
		assert.equal(existsSync(file + suffix) && statSync(file + suffix).size > 0 && suffix === '-wal', false);
	}

	const before = stateOf(directory);
	const store = await openStore({url: fileUrl(file), isReadOnly: true});
	assert.deepEqual(await store.read('SELECT count(*) AS count FROM logs'), [{count: 5}]);
	await assert.rejects(store.write([{sql: 'DELETE FROM logs'}]), Fault);
	await assert.rejects(store.read(`DELETE FROM logs RETURNING id`));
	await store.close();
	assert.deepEqual(stateOf(directory), before);
});

test('a read-only store sees what others write meanwhile', async context => {
	const file = path.join(temporaryDirectory(context), 'a.db');
	await inProcess(file, 'insert', 'p', '5');
	const store = await openStore({url: fileUrl(file), isReadOnly: true});
	context.after(() => store.close());
	const count = async () => (await store.read('SELECT count(*) AS count FROM logs'))[0]?.count;
	assert.equal(await count(), 5);
	await inProcess(file, 'insert', 'q', '3');
	assert.equal(await count(), 8);
	const writer = await openStore({url: fileUrl(file), isReadOnly: false});
	context.after(() => writer.close());
	await insertLogs(writer, [makeLog({id: 'log_1'})], {storedAt: 1});
	assert.equal(await count(), 9);
	await insertLogs(writer, [makeLog({id: 'log_2'})], {storedAt: 1});
	assert.equal(await count(), 10);
});

const refusal = async (url: string, isReadOnly: boolean): Promise<Fault> => {
	let found: unknown;
	try {
		await (await openStore({url, isReadOnly})).close();
	} catch (error) {
		found = error;
	}

	assert.ok(found instanceof Fault, `${url}: ${String(found)}`);
	assert.ok(found.remedy, `${url}: ${found.message} has no remedy`);
	return found;
};

test('what is no store is refused, says why, and stays as it was', async context => {
	const directory = temporaryDirectory(context);
	const at = (name: string): string => path.join(directory, name);
	writeFileSync(at('garbage'), 'not a database, '.repeat(1000));
	writeFileSync(at('short'), 'x');
	writeFileSync(at('empty'), '');
	mkdirSync(at('directory'));
	symlinkSync(at('gone'), at('dangling'));
	for (const isReadOnly of [false, true]) {
		assert.match((await refusal(fileUrl(at('garbage')), isReadOnly)).message, /not a store/);
		assert.match((await refusal(fileUrl(at('short')), isReadOnly)).message, /not a store/);
		assert.match((await refusal(fileUrl(at('directory')), isReadOnly)).message, /is a directory/);
		assert.match((await refusal(fileUrl(at('garbage/below')), isReadOnly)).message, /no directory/);
		assert.match((await refusal(fileUrl(at('dangling')), isReadOnly)).message, /does not exist/);
	}

	assert.match((await refusal(fileUrl(at('missing')), true)).message, /does not exist/);
	assert.match((await refusal(fileUrl(at('empty')), true)).message, /is empty/);
	assert.equal(readFileSync(at('garbage'), 'utf8'), 'not a database, '.repeat(1000));
	assert.equal(readFileSync(at('short'), 'utf8'), 'x');
	assert.deepEqual(readdirSync(directory).sort(), ['dangling', 'directory', 'empty', 'garbage', 'short']);
});

test('a database of another program, and a store of a newer schema, are refused', async context => {
	const directory = temporaryDirectory(context);
	const newer = fileUrl(path.join(directory, 'newer.db'));
	const store = await openStore({url: newer, isReadOnly: false});
	await store.write([{sql: 'INSERT INTO schema_versions (version, applied_at) VALUES (9999, 0)'}]);
	await store.close();
	for (const isReadOnly of [false, true]) {
		const fault = await refusal(newer, isReadOnly);
		assert.match(fault.message, /newer auditty/);
		assert.match(fault.remedy ?? '', /update/);
	}

	const other = fileUrl(path.join(directory, 'other.db'));
	const emptied = await openStore({url: other, isReadOnly: false});
	await emptied.write([{sql: 'DROP TABLE schema_versions'}]);
	await emptied.close();
	assert.match((await refusal(other, false)).message, /another program/);
});

test('an address that names neither a file nor a server, or holds a secret, is a usage error', async () => {
	for (const url of ['', 'store.db', 'ftp://host/x', 'file:', 'file::memory:', 'file:a.db?mode=memory', 'http://user:pass@host', 'libsql://host?authToken=x', 'http://']) {
		await assert.rejects(openStore({url, isReadOnly: false}), UsageFault, url);
	}
});

test('a server that cannot be reached is a fault', async () => {
	await assert.rejects(openStore({url: 'http://127.0.0.1:1', isReadOnly: true}), (error: unknown) => error instanceof Fault && error.message.includes('does not answer'));
});

test('a store that goes while it is read is a fault', async context => {
	const file = path.join(temporaryDirectory(context), 'a.db');
	await inProcess(file, 'insert', 'p', '1');
	const store = await openStore({url: fileUrl(file), isReadOnly: true});
	context.after(() => store.close());
	rmSync(file);
	await assert.rejects(store.read('SELECT 1 FROM logs'), (error: unknown) => error instanceof Fault && error.message.includes('is gone'));
});
