import {startExport} from '../export/start-export.ts';
import {type ExportRequest} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';

const wanted: readonly ExportRequest[] = [
	{tab: 'logs', query: 'status:failure since:7d'},
	{tab: 'sendouts', query: 'status:failed'},
];

/** Exports of the sample project that can be browsed: the worker makes their files. Those of an earlier load stay alone. */
export const exportSample = async (context: ServiceContext): Promise<void> => {
	const [made] = await context.store.read('SELECT 1 AS is_there FROM export_plans LIMIT 1');
	if (made !== undefined) {
		return;
	}

	for (const request of wanted) {
		await startExport(context, request);
	}
};
