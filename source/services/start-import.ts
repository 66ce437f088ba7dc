import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {Fault} from '../domain/fault.ts';
import {idPrefixes, makeId} from '../domain/ids.ts';
import {type BackgroundTask} from '../domain/records.ts';
import {insertRecord} from '../store/query/stored-record.ts';
import {type ImportFormat} from './services.ts';
import {type ServiceContext} from './service-context.ts';

const userName = (): string | null => {
	try {
		return os.userInfo().username;
	} catch {
		return null;
	}
};

const createTask = async ({store, now}: ServiceContext, parameters: unknown): Promise<BackgroundTask> => {
	const createdAt = now();
	const task: BackgroundTask = {
		id: makeId(idPrefixes.task, createdAt, Math.random), type: 'LOGS.IMPORT', status: 'scheduled', processing_status: 'unknown',
		progress: 0, done_count: 0, failed_count: 0, total_count: null, processing_time: null,
		created_at: createdAt, updated_at: createdAt, user: userName(), request_id: null, log_id: null, export_id: null,
		origin: 'local', parameters, result: null, error: null,
	};
	await store.write(insertRecord('tasks', task));
	return task;
};

const whyUnreadable: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
	ENOENT: ['does not exist', 'check its name'],
	EACCES: ['may not be read', 'check its permissions'],
	ENOTDIR: ['does not exist', 'check its name'],
};

/** Creates the background task that imports a file. Throws a `Fault` when the file cannot be read. */
export const startImport = async (context: ServiceContext, request: {readonly path: string; readonly format?: ImportFormat}): Promise<BackgroundTask> => {
	const file = path.resolve(request.path);
	try {
		const stats = await fs.stat(file);
		if (stats.isDirectory()) {
			throw new Fault(`${file} is a directory`, {remedy: 'name a file in it'});
		}

		await fs.access(file, fs.constants.R_OK);
	} catch (error) {
		if (error instanceof Fault) {
			throw error;
		}

		const [what, remedy] = whyUnreadable[(error as NodeJS.ErrnoException).code ?? ''] ?? ['cannot be read', 'check it'];
		throw new Fault(`${file} ${what}`, {remedy, cause: error});
	}

	return createTask(context, {path: file, ...(request.format === undefined ? {} : {format: request.format})});
};

/** The same for the sample project. */
export const startSample = (context: ServiceContext): Promise<BackgroundTask> => createTask(context, {sample: true});
