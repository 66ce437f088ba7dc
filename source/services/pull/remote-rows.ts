import {type ExportRecord, type Instant} from '../../domain/records.ts';
import {type Redactor} from '../../domain/redaction/redactor.ts';
import {type RemoteTaskRow} from '../../store/pull/remote-tasks.ts';
import {type RemoteExport, type RemoteTask} from './voucherify-api.ts';

const redactJson = (value: unknown, redactor: Redactor): unknown => {
	const text = JSON.stringify(value);
	const {value: redacted, secretsReplaced} = redactor.text(text);
	return secretsReplaced === 0 ? value : JSON.parse(redacted) as unknown;
};

const redactText = (text: string | null | undefined, redactor: Redactor): string | null => text === null || text === undefined ? null : redactor.text(text).value;

/** A task of the project as a record, its secrets replaced. `isWhole`: the answer was about this one alone, and left nothing out. */
export const taskRow = (task: RemoteTask, {redactor, isWhole}: {readonly redactor: Redactor; readonly isWhole: boolean}): RemoteTaskRow => {
	const {doneCount = null, failedCount = null} = task;
	return {
		id: task.id, type: task.type, status: task.status, processing_status: task.processingStatus, progress: task.progress,
		done_count: doneCount, failed_count: failedCount, total_count: doneCount === null ? null : doneCount + (failedCount ?? 0),
		processing_time: task.processingTime, created_at: task.createdAt, updated_at: task.updatedAt, user: redactText(task.user, redactor),
		request_id: task.requestId, log_id: task.logId ?? null, export_id: null, origin: 'voucherify', parameters: null,
		result: task.result === undefined ? null : redactJson(task.result, redactor), error: redactText(task.error, redactor),
		isWhole,
	};
};

/** An export of the project as a record. */
export const exportRow = (remote: RemoteExport, {redactor, now}: {readonly redactor: Redactor; readonly now: Instant}): ExportRecord => ({
	id: remote.id, resource: remote.resource, status: remote.status, created_at: remote.createdAt ?? now, finished_at: null, user: redactText(remote.user, redactor),
	origin: 'voucherify', query: redactText(remote.query, redactor), fields: remote.fields, order: remote.order, rows: null, bytes: null, sha256: null, task_id: null,
	error: remote.status === 'error' ? 'it failed in Voucherify' : null,
});
