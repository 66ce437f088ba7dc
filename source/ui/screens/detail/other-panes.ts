import {type BackgroundTask, type ExportRecord, type Sendout} from '../../../domain/records.ts';
import {formatDuration, formatInstant} from '../../../domain/time/format-time.ts';
import {createTreeDocument} from '../../components/json-tree/tree-document.ts';
import {formatBytes} from '../../components/list/cell.ts';
import {pairsJson} from './body-document.ts';
import {fieldsJson, metaPane} from './log-panes.ts';
import {type Pane} from './pane.ts';

const jsonPane = (name: string, value: unknown, emptyText: string, isOpen = false): Pane => {
	const text = value === null || value === undefined ? '' : JSON.stringify(value);
	return {
		name, emptyText, folding: {isOpen},
		document: text === '' ? null : createTreeDocument(text),
		info: text === '' ? '' : formatBytes(Buffer.byteLength(text)),
		body: text === '' ? undefined : {text, suffix: 'json'},
	};
};

/** Result, items that failed, parameters, and everything else of a background task. */
export const taskPanes = (task: BackgroundTask): readonly Pane[] => {
	const failed = failedItemsOf(task.result);
	return [
		jsonPane('result', task.result, task.status === 'done' || task.status === 'failed' ? 'It left no result.' : 'No result yet.'),
		...(failed.length === 0 ? [] : [{...jsonPane('failed items', failed, '', true), info: `${failed.length}`}]),
		jsonPane('parameters', task.parameters, 'It has no parameters.'),
		metaPane(fieldsJson('tasks', task, ['result', 'parameters'])),
	];
};

/** `failed` of an import (a list, or one object as some types have it), `errors` of a bulk update, `rejected` of our own import. */
const failedItemsOf = (result: unknown): readonly unknown[] => {
	if (typeof result !== 'object' || result === null) {
		return [];
	}

	const {failed, errors, rejected} = result as Readonly<Record<string, unknown>>;
	const items = failed ?? errors ?? rejected;
	return Array.isArray(items) ? items : (typeof items === 'object' && items !== null ? [items] : []);
};

/** What an export holds and how it was made. */
export const exportPanes = (record: ExportRecord): readonly Pane[] => {
	const {query, fields, order, rows, bytes, sha256, error} = record;
	const what = JSON.stringify({
		query: query === null || query === '' ? 'all' : query, order, fields, rows,
		size: bytes === null ? null : formatBytes(bytes), sha256, ...(error === null ? {} : {error}),
	});
	const document = createTreeDocument(what, {style: 'plain'});
	return [
		{name: 'export', info: rows === null ? '' : `${rows} rows`, document, emptyText: '', folding: {isOpen: true}},
		metaPane(fieldsJson('exports', record)),
	];
};

/** The payload, each attempt in order, and everything else of a sendout. `zone` is that in which times are shown. */
export const sendoutPanes = (sendout: Sendout, zone: string): readonly Pane[] => {
	const attempts = sendout.attempt_log.map(({number, started_at, duration, status, response_headers, response_body, error}): readonly [string, string] => {
		const title = [`${number}`, formatInstant(started_at, zone, 'full'), duration === null ? 'no end' : formatDuration(duration), status === null ? error ?? 'no response' : `HTTP ${status}`];
		return [title.join('  '), JSON.stringify({error, response_body: jsonOr(response_body), response_headers})];
	});
	const json = `{${attempts.map(([title, value]) => `${JSON.stringify(title)}:${value}`).join(',')}}`;
	return [
		jsonPane('data', sendout.data, 'It has no payload.'),
		{
			name: 'attempts', info: `${sendout.attempts}`, emptyText: 'No attempt was made yet.', folding: {isOpen: attempts.length <= 3},
			document: attempts.length === 0 ? null : createTreeDocument(json, {style: 'plain', tokenOf: (document, index) => document.depths[index] === 2 && document.nodes[index]?.keyLiteral === '"error"' ? 'failure' : undefined}),
			body: {text: JSON.stringify(sendout.attempt_log), suffix: 'json'},
		},
		metaPane(`{"fields":${fieldsJson('sendouts', sendout)},"endpoint":${pairsJson([['id', sendout.source_id ?? ''], ['url', sendout.target_url ?? '']])}}`),
	];
};

/** A response that is JSON is shown as such. */
const jsonOr = (text: string | null): unknown => {
	try {
		return text === null ? null : JSON.parse(text) as unknown;
	} catch {
		return text;
	}
};
