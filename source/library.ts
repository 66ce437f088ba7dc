import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {parseFactRules, type FactRules, type RuledField} from './domain/derive/fact-rules.ts';
import {UsageFault} from './domain/fault.ts';
import {startRecorderProcess, type RecorderProcess} from './host/start-recorder-process.ts';
import {createMiddleware} from './intake/recorder/middleware.ts';
import {type CreateRecorder, type RecorderFigures, type RecorderOptions, type RecorderRules, type ServiceRecorder} from './intake/recorder/published.ts';
import {recordFetch} from './intake/recorder/record-fetch.ts';
import {dataDirectory, defaultStoreUrl} from './store/data-directory.ts';
import {readStoreUrl} from './store/store-url.ts';

export type * from './intake/recorder/published.ts';

const isFromSources = import.meta.url.endsWith('.ts');
const entry = fileURLToPath(new URL(isFromSources ? './cli.ts' : './cli.js', import.meta.url));

const fieldOfRule: Readonly<Record<keyof RecorderRules, RuledField>> = {
	user: 'user_email', customer: 'customer', campaign: 'campaign', channel: 'channel', server_key: 'app_id', client_key: 'client_app_id',
};

const readRules = (rules: RecorderRules): FactRules => Object.fromEntries(Object.entries(rules).map(([name, text]) => {
	const field = fieldOfRule[name as keyof RecorderRules];
	const parsed = field === undefined ? null : parseFactRules(text);
	if (parsed === null) {
		throw new UsageFault(`the rule ${name} cannot be '${text}'`, {remedy: 'write it as header:NAME or request:PATH'});
	}

	return [field, parsed];
}));

const start = ({db, home = dataDirectory(process.env), authToken, bodyLimit, rules = {}, redactKeys}: RecorderOptions, report: (error: unknown) => void): RecorderProcess => {
	const url = db ?? (process.env['AUDITTY_DB'] || defaultStoreUrl(home));
	readStoreUrl(url);
	const recorder = startRecorderProcess({
		command: [entry, '--internal-recorder'],
		opening: {
			url, home, isReadOnly: false, authToken: authToken ?? (process.env['AUDITTY_DB_TOKEN'] || undefined),
			overrides: {rules: readRules(rules), ...(bodyLimit !== undefined && {bodyLimit}), ...(redactKeys !== undefined && {redactKeys})},
		},
		isUnheld: true,
		// What the service is debugged or traced with is not for the recorder.
		...(!isFromSources && {nodeOptions: [], environment: {NODE_OPTIONS: ''}}),
		onNotice({kind, text}) {
			if (kind !== 'store-works') report(new Error(text));
		},
	});
	recorder.ready.catch(report);
	return recorder;
};

/** What stands in for a recorder that could not be made: the service goes on without. */
const nothing = {settings: () => ({bodyLimit: 0, uploadLimit: 0, rules: {}}), record: () => undefined};
const noFigures: RecorderFigures = {recorded: 0, dropped: 0};

/**
 * Records the calls that a Node service answers and makes. The store is written by a process of its own, so that the
 * service never waits for it; nothing here throws: trouble is told to `onError`.
 */
export const createRecorder: CreateRecorder = (options = {}) => {
	const report = (error: unknown): void => {
		const fault = error instanceof Error ? error : new Error(String(error));
		try {
			if (options.onError === undefined) process.emitWarning(`auditty does not record: ${fault.message}`);
			else options.onError(fault);
		} catch {
			// What the service does about it is its own.
		}
	};

	let recorder: RecorderProcess | null = null;
	try {
		recorder = start(options, report);
	} catch (error) {
		report(error);
	}

	let closing: Promise<RecorderFigures> | null = null;
	const close = async (): Promise<RecorderFigures> => {
		closing ??= recorder === null ? Promise.resolve(noFigures) : recorder.close().catch((error: unknown) => {
			report(error);
			return recorder?.figures() ?? noFigures;
		});
		return closing;
	};

	process.once('beforeExit', () => void close());
	process.once('exit', () => recorder?.flush());
	const middleware = createMiddleware(recorder ?? nothing as unknown as RecorderProcess, options, report);
	const wrapFetch = (original: typeof fetch): typeof fetch => recorder === null ? original : recordFetch(recorder, original, report);
	return Object.assign(middleware.bind(null), {
		middleware, close, wrapFetch,
		fetch: wrapFetch(async (input, init) => globalThis.fetch(input, init)),
		figures: () => recorder?.figures() ?? noFigures,
	}) satisfies ServiceRecorder;
};
