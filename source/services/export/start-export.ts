import {readExportFields, defaultExportFields, resourceOf} from '../../domain/fields/exportable.ts';
import {idPrefixes, makeId} from '../../domain/ids.ts';
import {parseQuery} from '../../domain/query/parse-query.ts';
import {printQuery} from '../../domain/query/print-query.ts';
import {defaultQueryFor} from '../../domain/query/resolve-query.ts';
import {type BackgroundTask, type ExportRecord, type Tab} from '../../domain/records.ts';
import {insertExport} from '../../store/exports/export-plan.ts';
import {planFilter} from '../../store/query/plan.ts';
import {createTask, type NewTask} from '../../store/tasks/create-task.ts';
import {requestFilter} from '../request-filter.ts';
import {type ExportRequest, type StartedExport} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {userName} from '../import/start-import.ts';

/** The query with what the tab adds to it, so that the export says what it holds. */
const wholeQuery = (text: string, tab: Tab, isWithoutDefault: boolean): string => {
	const parsed = parseQuery(text, tab);
	return parsed.ok ? printQuery([...parsed.query, ...isWithoutDefault ? [] : defaultQueryFor(parsed.query, tab)]) : text;
};

/**
 * Creates an export and the background task that makes its file: for a worker, or under the `lease` of who makes it
 * at once. The query means what it means now, and records that come later are left out.
 * Throws a `UsageFault` for a query or a field that cannot be.
 */
export const startExport = async (context: ServiceContext, request: ExportRequest, lease?: NewTask['lease']): Promise<StartedExport> => {
	const {store, now} = context;
	const {tab, query, isWithoutDefault = false, order = '-created_at', isRaw = false} = request;
	const fields = readExportFields(tab, request.fields ?? defaultExportFields(tab));
	const filter = await requestFilter(context, {tab, query, isWithoutDefault});
	const {from, before} = await planFilter(store, tab, filter);
	const at = now();
	const user = request.user ?? userName();
	const id = makeId(idPrefixes.export, at, Math.random);
	const text = wholeQuery(query, tab, isWithoutDefault);
	const describe = (task: BackgroundTask): ExportRecord => ({
		id, resource: resourceOf[tab], status: lease ? 'in_progress' : 'scheduled', created_at: at, finished_at: null, user, origin: 'local',
		query: text, fields, order, rows: null, bytes: null, sha256: null, task_id: task.id, error: null,
	});
	const task = await createTask(store, {
		type: 'LOGS.EXPORT', parameters: {resource: resourceOf[tab], query: text, fields, order, is_raw: isRaw}, user, now: at, exportId: id,
		alongWith: created => insertExport(describe(created), {tab, filter, isRaw, from, before}),
		...(lease && {lease}),
	});
	return {export: describe(task), task};
};
