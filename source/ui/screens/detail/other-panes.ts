import {type BackgroundTask, type ExportRecord} from '../../../domain/records.ts';
import {formatBytes} from '../../../domain/text/format-number.ts';
import {type RecordDetail} from '../../../services/services.ts';
import {createTreeDocument} from '../../components/json-tree/tree-document.ts';
import {jsonPane} from './json-pane.ts';
import {fieldsJson, metaPane} from './log-panes.ts';
import {type Pane} from '../panes/pane.ts';

/** Result, items that failed, parameters, and everything else of a background task. */
export const taskPanes = (task: BackgroundTask, tries?: RecordDetail['tries']): readonly Pane[] => {
	const failed = failedItemsOf(task.result);
	return [
		jsonPane('result', task.result, task.status === 'done' || task.status === 'failed' ? 'It left no result.' : 'No result yet.'),
		...(failed.length === 0 ? [] : [{...jsonPane('failed items', failed, '', true), info: `${failed.length}`}]),
		jsonPane('parameters', task.parameters, 'It has no parameters.'),
		metaPane(withTries(fieldsJson('tasks', task, ['result', 'parameters']), tries)),
	];
};

const withTries = (json: string, tries: RecordDetail['tries']): string => tries === undefined
	? json
	: `${json.slice(0, -1)},"tries":${JSON.stringify({made: tries.made, of: tries.of, ...(tries.lastError !== null && {last_error: tries.lastError})})}}`;

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
