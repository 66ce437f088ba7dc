import {type TestContext} from 'node:test';
import {type Log} from '../../source/domain/records.ts';
import {createServices} from '../../source/services/create-services.ts';
import {type Notice} from '../../source/services/notices.ts';
import {type Services} from '../../source/services/services.ts';
import {loadSample} from '../../source/services/sample/load-sample.ts';
import {type Session} from '../../source/services/session-file.ts';
import {insertLogs} from '../../source/store/logs/insert-logs.ts';
import {type Store} from '../../source/store/store.ts';
import {runWorker} from '../../source/worker/run-worker.ts';
import {createTaskHandlers} from '../../source/worker/task-handlers.ts';
import {App} from '../../source/ui/app.tsx';
import {type StartedBrowse} from '../../source/ui/screens/browse/open-browse.ts';
import {createTheme} from '../../source/ui/theme.ts';
import {renderScreen, type Screen} from './frame.tsx';
import {makeLog} from './make-log.ts';
import {temporaryDirectory, temporaryStore} from './temporary-store.ts';

/** The moment at which screens are drawn: a Sunday evening in Warsaw. */
export const drawnAt = Date.parse('2026-11-22T21:14:05.000Z');

export type AppScreen = Screen & {
	readonly store: Store;
	readonly services: Services;
	/** Calls of the services so far, by name. */
	readonly calls: Map<string, number>;
	/** What was kept of where the person is. */
	readonly session: () => Session | null;
	/** Takes logs in, as another process would, and lets the screen hear of it. */
	readonly add: (logs: readonly Log[]) => Promise<void>;
	readonly notify: (notice?: Notice) => void;
	/** Carries out the background tasks that wait, as the worker does, and lets the screen hear of it. */
	readonly work: () => Promise<void>;
	readonly directory: string;
};

export type AppOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly logs?: readonly Log[];
	readonly settings?: Readonly<Record<string, string>>;
	readonly session?: Session;
	readonly openId?: string;
	/** A file to browse at once. */
	readonly browse?: StartedBrowse;
	/** Loads the sample project before the screen opens. */
	readonly hasSample?: boolean;
	/** What the store is called on the screen. */
	readonly storeName?: string;
	/** What is shown is a store that is not written to. */
	readonly isReadOnly?: boolean;
};

const startSession: Session = {tab: 'logs', timeMode: 'project', tabs: {}};

/** The whole screen over a real store. */
export const openApp = async (context: Pick<TestContext, 'after'>, {columns = 120, rows = 40, logs = [], settings = {}, session = startSession, openId, browse, hasSample = false, storeName, isReadOnly = false}: AppOptions = {}): Promise<AppScreen> => {
	const directory = temporaryDirectory(context);
	const store = await temporaryStore(context);
	await insertLogs(store, logs, {storedAt: drawnAt});
	const plain = createServices({store, dataDirectory: directory, now: () => drawnAt});
	for (const [key, value] of Object.entries(settings)) {
		await plain.setSetting({key, value});
	}

	if (hasSample) {
		await loadSample({store, now: () => drawnAt, redaction: {fingerprintKey: 'a fixed key', extraKeys: []}});
	}

	const named: Services = {...plain, async overview(signal) {
		const overview = await plain.overview(signal);
		return {...overview, isReadOnly, storeName: storeName ?? overview.storeName};
	}};
	const calls = new Map<string, number>();
	const services = Object.fromEntries(Object.entries(named).map(([name, call]) => [name, async (...values: never[]) => {
		calls.set(name, (calls.get(name) ?? 0) + 1);
		return (call as (...values: never[]) => Promise<unknown>)(...values);
	}])) as unknown as Services;
	const listeners = new Set<(notice: Notice) => void>();
	const notify = (notice: Notice = {kind: 'store-changed', revisions: {logs: 0, tasks: 0, exports: 0, sendouts: 0}}) => {
		for (const listener of listeners) {
			listener(notice);
		}
	};

	let kept: Session | null = null;
	const screen = await renderScreen(
		<App
			surroundings={{
				services, environment: {}, now: () => drawnAt, filesDirectory: directory,
				notices: {
					subscribe(listener) {
						listeners.add(listener);
						return () => listeners.delete(listener);
					},
				},
			}}
			theme={createTheme({hasColor: true, isUnicode: true})} session={session} openId={openId} browse={browse} localZone='Asia/Tokyo'
			onSession={next => {
				kept = next;
			}}
			stopProcess={() => Promise.resolve()}
		/>,
		{columns, rows},
	);
	context.after(async () => screen.unmount());
	return {
		...screen, store, services, calls, notify,
		session: () => kept,
		directory,
		async work() {
			await runWorker({
				store, handlers: createTaskHandlers({store, now: () => drawnAt, dataDirectory: directory}), leaseMs: 30_000, signal: new AbortController().signal, isUntilIdle: true,
				log() {
					// The store says what was done.
				},
			});
			notify();
		},
		async add(more) {
			await insertLogs(store, more, {storedAt: drawnAt});
			notify();
		},
	};
};

/** So many logs, a minute apart, the newest half a minute before `drawnAt`; every tenth failed. */
export const someLogs = (count: number): readonly Log[] => Array.from({length: count}, (_, index) => {
	const isFailure = index % 10 === 3;
	return makeLog({
		id: `log_${String(index).padStart(4, '0')}`,
		created_at: drawnAt - 30_000 - index * 60_000,
		status: isFailure ? 400 : 200,
		outcome: isFailure ? 'failure' : 'success',
		method: 'POST',
		endpoint: index % 2 === 0 ? 'POST_v1_redemptions' : 'POST_v1_validations',
		url: index % 2 === 0 ? '/v1/redemptions' : '/v1/validations',
		channel: index % 3 === 0 ? 'API' : 'Java-SDK',
		customer: `crm-${index % 7}`,
		request_duration: 20 + index,
		error_key: isFailure ? 'quantity_exceeded' : null,
		request_body: `{"order":${index}}`,
		response_body: isFailure ? `{"code":400,"key":"quantity_exceeded","message":"quantity exceeded","details":"WELCOME${index}"}` : `{"result":"SUCCESS","number":${index}}`,
	});
});
