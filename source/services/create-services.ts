import {createBrowser} from './browse/browser.ts';
import {completePath} from './complete-path.ts';
import {cancelTask, rerunTask} from './control-task.ts';
import {countMatches} from './count-matches.ts';
import {drawTimeline} from './draw-timeline.ts';
import {findRelated} from './find-related.ts';
import {listFacets} from './list-facets.ts';
import {listPage} from './list-page.ts';
import {listViews, removeView, saveView} from './saved-views.ts';
import {lookOver} from './look-over.ts';
import {openRecord} from './open-record.ts';
import {readSettings, setSetting} from './project-settings.ts';
import {findDownload} from './downloads/find-download.ts';
import {saveDownload} from './downloads/save-download.ts';
import {lookOverPulls, startPull} from './pull/look-over-pulls.ts';
import {startExport} from './export/start-export.ts';
import {startImport, startSample} from './import/start-import.ts';
import {type Services} from './services.ts';
import {type ServiceContext} from './service-context.ts';
import {createSendoutServices} from './webhooks/create-sendout-services.ts';

/** The services over one store. They know nothing of processes, and keep nothing between calls that they could not find again. */
export const createServices = (context: ServiceContext): Services => ({
	page: (request, signal) => listPage(context, request, signal),
	count: (request, signal) => countMatches(context, request, signal),
	record: request => openRecord(context, request),
	facets: (request, signal) => listFacets(context, request, signal),
	timeline: (request, signal) => drawTimeline(context, request, signal),
	related: (request, signal) => findRelated(context, request, signal),
	overview: () => lookOver(context),
	settings: () => readSettings(context.store),
	setSetting: request => setSetting(context.store, request),
	views: request => listViews(context, request),
	saveView: view => saveView(context, view),
	removeView: request => removeView(context, request),
	completePath: async ({text}) => completePath(text),
	startImport: request => startImport(context, request),
	startSample: () => startSample(context),
	cancelTask: request => cancelTask(context, request),
	rerunTask: request => rerunTask(context, request),
	startExport: request => startExport(context, request),
	async download(request, signal) {
		const {content: _, ...download} = await findDownload(context, request, signal);
		return download;
	},
	pulls: () => lookOverPulls(context),
	startPull: () => startPull(context),
	saveDownload: (request, signal) => saveDownload(context, request, signal),
	...createBrowser(context),
	...createSendoutServices(context),
});
