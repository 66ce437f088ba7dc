import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {Fault} from '../../domain/fault.ts';
import {type BackgroundTask} from '../../domain/records.ts';
import {createTask} from '../../store/tasks/create-task.ts';
import {fileOfDescriptorPath} from './descriptor-path.ts';
import {type ImportFormat} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';

/** Who started a background task: the user of the system. */
export const userName = (): string | null => {
	try {
		return os.userInfo().username;
	} catch {
		return null;
	}
};

const createImport = ({store, now}: Pick<ServiceContext, 'store' | 'now'>, parameters: unknown): Promise<BackgroundTask> =>
	createTask(store, {type: 'LOGS.IMPORT', parameters, user: userName(), now: now()});

const whyUnreadable: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
	ENOENT: ['does not exist', 'check its name'],
	EACCES: ['may not be read', 'check its permissions'],
	ENOTDIR: ['does not exist', 'check its name'],
};

/** Creates the background task that imports a file. Throws a `Fault` when the file cannot be read. */
export const startImport = async (context: Pick<ServiceContext, 'store' | 'now'>, request: {readonly path: string; readonly format?: ImportFormat}): Promise<BackgroundTask> => {
	const file = await fileOfDescriptorPath(path.resolve(request.path));
	try {
		const stats = await fs.stat(file);
		if (stats.isDirectory()) {
			throw new Fault(`${file} is a directory`, {remedy: 'name a file in it'});
		}

		if (!stats.isFile()) {
			throw new Fault(`${file} is no plain file, and a worker could not read it`, {remedy: 'run auditty import without --detach'});
		}

		await fs.access(file, fs.constants.R_OK);
	} catch (error) {
		if (error instanceof Fault) {
			throw error;
		}

		const [what, remedy] = whyUnreadable[(error as NodeJS.ErrnoException).code ?? ''] ?? ['cannot be read', 'check it'];
		throw new Fault(`${file} ${what}`, {remedy, cause: error});
	}

	return createImport(context, {path: file, ...(request.format === undefined ? {} : {format: request.format})});
};

/** The same for the sample project. */
export const startSample = (context: Pick<ServiceContext, 'store' | 'now'>): Promise<BackgroundTask> => createImport(context, {sample: true});
