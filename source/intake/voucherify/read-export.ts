import {printQuery} from '../../domain/query/print-query.ts';
import {parseQuery} from '../../domain/query/parse-query.ts';
import {instantOfId} from '../../domain/ids.ts';
import {type ExportStatus} from '../../domain/records.ts';
import {type RemoteExport} from '../../services/pull/voucherify-api.ts';
import {ownChannel} from './http-client.ts';
import {instantOf, type JsonObject, objectOf, textOf, userOf} from './read-values.ts';

const statuses: Readonly<Record<string, ExportStatus>> = {SCHEDULED: 'scheduled', ENQUEUED: 'scheduled', IN_PROGRESS: 'in_progress', DONE: 'done', ERROR: 'error', FAILED: 'error'};

/** Keys of the filter of `api_log` as our queries call them. */
const queryKeys: Readonly<Record<string, string>> = {status: 'status', channel: 'channel', app_id: 'server_key', client_app_id: 'client_key'};

const quoted = (value: string): string => /^[\w.@:-]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, '\\$&')}"`;

type Condition = {readonly field: string; readonly operator: string; readonly values: readonly string[]};

const conditionsOf = (filters: JsonObject): readonly Condition[] => Object.entries(filters).filter(([field]) => field !== 'junction').flatMap(([field, filter]) =>
	Object.entries(objectOf(objectOf(filter)['conditions'])).map(([operator, values]) => ({
		field, operator, values: (Array.isArray(values) ? values as readonly unknown[] : [values]).map(value => typeof value === 'string' ? value : JSON.stringify(value)),
	})));

const wordOf = ({field, operator, values}: Condition): string | null => {
	const key = queryKeys[field];
	if (field === 'created_at' && values.length === 1 && (operator === '$after' || operator === '$before')) {
		return `${operator === '$after' ? 'since' : 'until'}:${values[0]}`;
	}

	const sign = {$is: '', $in: '', $is_not: '-', $not_in: '-'}[operator];
	return key === undefined || sign === undefined || values.length === 0 ? null : `${sign}${key}:${values.map(quoted).join(',')}`;
};

/** The filter as one of our queries, where it can be one; else its own words. */
const queryOf = (parameters: JsonObject): string | null => {
	const filters = objectOf(parameters['filters'] ?? parameters['filter']);
	const conditions = conditionsOf(filters);
	if (conditions.length === 0) {
		return null;
	}

	const words = conditions.map(wordOf);
	if (!words.includes(null) && (conditions.length === 1 || filters['junction'] !== 'or')) {
		const parsed = parseQuery(words.join(' '), 'logs');
		if (parsed.ok) {
			return printQuery(parsed.query);
		}
	}

	return conditions.map(({field, operator, values}) => `${field} ${operator} ${values.join(',')}`).join(filters['junction'] === 'or' ? ' or ' : ' and ');
};

/** Made by auditty to read logs, on this machine or another: nobody else leaves just auditty's channel out. */
const isOwnExport = (parameters: JsonObject): boolean =>
	conditionsOf(objectOf(parameters['filters'])).some(({field, operator, values}) => field === 'channel' && operator === '$not_in' && values.length === 1 && values[0] === ownChannel);

/** An export, of a list or alone. Null for what has no ID. */
export const readRemoteExport = (item: JsonObject): RemoteExport | null => {
	const id = textOf(item['id']);
	if (id === null) {
		return null;
	}

	const parameters = objectOf(item['parameters']);
	const {fields} = parameters;
	return {
		id,
		resource: textOf(item['exported_object']) ?? 'unknown',
		status: statuses[(textOf(item['status']) ?? '').trim().toUpperCase()] ?? 'in_progress',
		createdAt: instantOf(item['created_at']) ?? instantOfId(id),
		user: userOf(item['user_id'] ?? item['user']),
		query: queryOf(parameters),
		fields: Array.isArray(fields) ? (fields as readonly unknown[]).filter(field => typeof field === 'string') : [],
		order: textOf(parameters['order']),
		downloadUrl: textOf(objectOf(item['result'])['url']),
		isOwn: isOwnExport(parameters),
	};
};
