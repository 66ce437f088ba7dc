import {instantOfId} from '../../domain/ids.ts';
import {type ProcessingStatus, type TaskStatus} from '../../domain/records.ts';
import {type RemoteTask} from '../../services/pull/voucherify-api.ts';
import {instantOf, type JsonObject, numberOf, objectOf, textOf, userOf} from './read-values.ts';

const statuses: Readonly<Record<string, TaskStatus>> = {
	ENQUEUED: 'scheduled', SCHEDULED: 'scheduled', PENDING: 'scheduled', IN_PROGRESS: 'in_progress', DONE: 'done', FAILED: 'failed', ERROR: 'failed', CANCELED: 'failed', CANCELLED: 'failed',
};

const processingStatuses: Readonly<Record<string, ProcessingStatus>> = {SUCCESS: 'success', FAILED: 'failure', FAILURE: 'failure'};

const wordOf = (value: unknown): string => (textOf(value) ?? '').trim().toUpperCase();

/** `failed` is documented as a list and, of some types, as one object: a list either way. */
const failedItems = (value: unknown): readonly unknown[] | null =>
	Array.isArray(value) ? value as readonly unknown[] : (typeof value === 'object' && value !== null ? [value] : null);

const readResult = (value: unknown): Pick<RemoteTask, 'result' | 'doneCount' | 'failedCount'> => {
	const result = objectOf(value);
	if (value === null || value === undefined || Object.keys(result).length === 0) {
		return {result: value ?? undefined, doneCount: undefined, failedCount: undefined};
	}

	const failed = failedItems(result['failed']);
	const {errors} = result;
	return {
		result: failed === null ? result : {...result, failed},
		doneCount: numberOf(result['done_count']) ?? undefined,
		failedCount: numberOf(result['failed_count']) ?? failed?.length ?? (Array.isArray(errors) ? errors.length : undefined),
	};
};

const reasonOf = (status: TaskStatus, value: unknown): string | null => {
	const result = objectOf(value);
	const [first] = Array.isArray(result['errors']) ? result['errors'] as readonly unknown[] : [];
	// A list says nothing of it.
	return status === 'failed' && value !== undefined ? textOf(result['message']) ?? textOf(objectOf(first)['message']) ?? 'it failed in Voucherify' : null;
};

/** An async action, of a list or alone. Null for what has no ID, or nothing that tells its time. */
export const readRemoteTask = (item: JsonObject): RemoteTask | null => {
	const id = textOf(item['id']);
	const createdAt = instantOf(item['created_at']) ?? (id === null ? null : instantOfId(id));
	if (id === null || createdAt === null) {
		return null;
	}

	const status = statuses[wordOf(item['status'])] ?? 'in_progress';
	return {
		id, createdAt, status,
		type: textOf(item['type']) ?? 'UNKNOWN',
		processingStatus: processingStatuses[wordOf(item['operation_status'])] ?? (status === 'failed' ? 'failure' : 'unknown'),
		progress: Math.min(100, numberOf(item['progress']) ?? (status === 'done' ? 100 : 0)),
		updatedAt: instantOf(item['updated_at']),
		processingTime: numberOf(item['processing_time']),
		requestId: textOf(item['request_id']),
		user: item['user'] === undefined ? undefined : userOf(item['user']),
		logId: item['log_id'] === undefined ? undefined : textOf(item['log_id']),
		...readResult(item['result']),
		error: reasonOf(status, item['result']),
	};
};
