import {idPrefixes, makeId} from '../../domain/ids.ts';
import {type BackgroundTask, type Instant} from '../../domain/records.ts';
import {insertRecord} from '../query/stored-record.ts';
import {enqueue, enqueueLeased} from '../queue/enqueue.ts';
import {type Statement, type Store} from '../store.ts';
import {jobOfTask, type LocalTaskType} from './task-types.ts';

export type NewTask = {
	/** Where it follows from what the task is for: a task of this ID that is there stays as it is. */
	readonly id?: string;
	readonly type: LocalTaskType;
	/** JSON value. */
	readonly parameters: unknown;
	readonly user: string | null;
	readonly now: Instant;
	readonly exportId?: string;
	/** Written in the same transaction. */
	readonly alongWith?: (task: BackgroundTask) => readonly Statement[];
	/** The task is then running at once, under a lease of this holder: fence 1, try 1. */
	readonly lease?: {readonly leaseBy: string; readonly leaseMs: number};
};

/** Stores a background task together with the job that carries it out: a worker takes it from there. */
export const createTask = async (store: Store, {id, type, parameters, user, now, exportId, alongWith, lease}: NewTask): Promise<BackgroundTask> => {
	const task: BackgroundTask = {
		id: id ?? makeId(idPrefixes.task, now, Math.random), type, status: lease ? 'in_progress' : 'scheduled', processing_status: 'unknown',
		progress: 0, done_count: 0, failed_count: 0, total_count: null, processing_time: null,
		created_at: now, updated_at: now, user, request_id: null, log_id: null, export_id: exportId ?? null,
		origin: 'local', parameters, result: null, error: null,
	};
	const job = jobOfTask(task.id, type);
	await store.write([...insertRecord('tasks', task), ...(lease ? enqueueLeased(job, lease) : enqueue(job)), ...alongWith?.(task) ?? []]);
	return task;
};
