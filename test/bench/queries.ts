import {statSync} from 'node:fs';
import {createClient, type Client} from '@libsql/client';
import {createServices} from '../../source/services/create-services.ts';
import {type Page, type PageRequest, type Services} from '../../source/services/services.ts';
import {buildSearchIndex} from '../../source/services/search/build-search-index.ts';
import {openStore} from '../../source/store/open-store.ts';
import {type Store} from '../../source/store/store.ts';
import {type Bench} from './context.ts';
import {median, percentile, timeRuns, type Figure} from './figures.ts';
import {rareWord, spanDays} from './generator/logs.ts';

const runs = 15;
const dayMs = 86_400_000;
const columns = 'seq, id, created_at, status, outcome, request_id, channel, method, endpoint, url, user_email, customer, campaign, incentive, app_id, client_app_id, request_duration, task_id, error_key';

type Question = {
	readonly name: string;
	readonly request: Omit<PageRequest<'logs'>, 'tab' | 'limit' | 'direction'> & {readonly direction?: 'older' | 'newer'};
	/** The same rows by hand. */
	readonly where: string;
	readonly args?: ReadonlyArray<string | number>;
	readonly order?: 'ASC';
};

function questionsFor(until: number): readonly Question[] {
	const middle = until - (spanDays / 2) * dayMs;
	const all = {isWithoutDefault: true};
	return [
		{name: 'newest page', request: {query: '', ...all}, where: 'true'},
		{name: 'page of the last day', request: {query: ''}, where: 'created_at >= ?', args: [until - dayMs]},
		{name: 'oldest page', request: {query: '', ...all, direction: 'newer'}, where: 'true', order: 'ASC'},
		{name: 'jump to the middle', request: {query: '', ...all, from: {at: middle}}, where: 'created_at <= ?', args: [middle]},
		{name: 'status:failure', request: {query: 'status:failure', ...all}, where: 'outcome = \'failure\''},
		{name: 'error:forbidden', request: {query: 'error:forbidden', ...all}, where: 'error_key = \'forbidden\''},
		{name: 'status:5xx', request: {query: 'status:5xx', ...all}, where: 'status BETWEEN 500 AND 599'},
		{name: 'customer:crm-7', request: {query: 'customer:crm-7', ...all}, where: 'customer = \'crm-7\''},
		{name: 'endpoint + channel + 4xx', request: {query: 'endpoint:POST_v1_redemptions channel:API status:4xx', ...all}, where: 'endpoint = \'POST_v1_redemptions\' AND channel = \'API\' AND status BETWEEN 400 AND 499'},
		{name: '-channel:API,Dashboard', request: {query: '-channel:API,Dashboard', ...all}, where: 'channel NOT IN (\'API\', \'Dashboard\')'},
		{name: 'rare pair of values', request: {query: 'channel:Ruby-SDK error:already_rolled_back', ...all}, where: 'channel = \'Ruby-SDK\' AND error_key = \'already_rolled_back\''},
		{name: 'nothing matches', request: {query: 'endpoint:POST_v1_redemptions error:no_such_error', ...all}, where: 'endpoint = \'POST_v1_redemptions\' AND error_key = \'no_such_error\''},
	];
}

/** All steps of a page, as a list would ask for them. */
async function wholePage(services: Services, request: PageRequest<'logs'>): Promise<{readonly rows: number; readonly slowestStepMs: number; readonly firstRowMs: number}> {
	let rows = 0;
	let slowestStepMs = 0;
	let firstRowMs = Number.NaN;
	const start = performance.now();
	for (let next: PageRequest<'logs'> | null = request; next !== null;) {
		const stepStart = performance.now();
		const page: Page<'logs'> = await services.page(next);
		const end = performance.now();
		slowestStepMs = Math.max(slowestStepMs, end - stepStart);
		rows += page.rows.length;
		firstRowMs = Number.isNaN(firstRowMs) && rows > 0 ? end - start : firstRowMs;
		next = page.next === null || rows >= request.limit ? null : {...request, from: page.next, limit: request.limit - rows};
	}

	return {rows, slowestStepMs, firstRowMs};
}

async function askAll(services: Services, raw: Client, until: number): Promise<readonly Figure[]> {
	const figures: Figure[] = [];
	for (const {name, request, where, args = [], order = 'DESC'} of questionsFor(until)) {
		const whole: PageRequest<'logs'> = {tab: 'logs', direction: 'older', limit: 50, ...request};
		const sql = `SELECT ${columns} FROM logs WHERE ${where} ORDER BY created_at ${order}, seq ${order} LIMIT 50`;
		const expected = (await raw.execute({sql, args: [...args]})).rows.length;
		const {rows} = await wholePage(services, whole);
		if (rows !== expected) {
			throw new Error(`${name}: ${rows} rows where raw SQL finds ${expected}`);
		}

		const value = median(await timeRuns(runs, async () => wholePage(services, whole)));
		const baseline = median(await timeRuns(runs, async () => raw.execute({sql, args: [...args]})));
		figures.push({bench: 'queries', name, value, unit: 'ms', budget: 50, baseline: {name: 'raw SQL', value: baseline}});
	}

	return figures;
}

/** Text search without an index: it comes in steps, so what counts is the longest step, in which no key is answered by the store. */
async function search(services: Services, raw: Client): Promise<readonly Figure[]> {
	const request: PageRequest<'logs'> = {tab: 'logs', query: rareWord, isWithoutDefault: true, direction: 'older', limit: 1_000_000};
	const start = performance.now();
	const {rows, slowestStepMs, firstRowMs} = await wholePage(services, request);
	const wholeMs = performance.now() - start;
	const rawStart = performance.now();
	const found = (await raw.execute({sql: 'SELECT count(*) FROM log_contents WHERE response_body LIKE ? OR request_body LIKE ?', args: [`%${rareWord}%`, `%${rareWord}%`]})).rows[0]?.[0];
	const rawMs = performance.now() - rawStart;
	if (rows !== found) {
		throw new Error(`text search: ${rows} found where raw SQL finds ${Number(found)}`);
	}

	return [
		{bench: 'queries', name: 'text search, whole store', value: wholeMs, unit: 'ms', baseline: {name: 'raw LIKE', value: rawMs}},
		{bench: 'queries', name: 'text search, first match', value: firstRowMs, unit: 'ms'},
		{bench: 'queries', name: 'text search, longest step', value: slowestStepMs, unit: 'ms', budget: 50},
	];
}

async function others(services: Services, raw: Client): Promise<readonly Figure[]> {
	const [newest] = (await services.page({tab: 'logs', query: '', isWithoutDefault: true, direction: 'older', limit: 1})).rows;
	const id = newest?.summary.id ?? '';
	const measure = async (name: string, work: () => Promise<unknown>, sql: string): Promise<Figure> => {
		const times = await timeRuns(runs, work);
		const bare = await timeRuns(runs, async () => raw.execute(sql));
		return {bench: 'queries', name, value: percentile(times, 0.5), unit: 'ms', budget: 50, baseline: {name: 'raw SQL', value: median(bare)}};
	};

	return [
		await measure('open a record', async () => services.record({tab: 'logs', id}), `SELECT * FROM logs JOIN log_contents USING (seq) WHERE id = '${id}'`),
		await measure('count, up to 10,000', async () => services.count({tab: 'logs', query: 'status:failure', isWithoutDefault: true, cap: 10_000}), 'SELECT count(*) FROM (SELECT 1 FROM logs WHERE outcome = \'failure\' LIMIT 10000)'),
		await measure('values of endpoint', async () => services.facets({tab: 'logs', key: 'endpoint', limit: 50}), 'SELECT DISTINCT endpoint FROM logs LIMIT 50'),
		await measure('timeline of a day', async () => services.timeline({tab: 'logs', query: 'since:24h', buckets: 100}), 'SELECT created_at / 864000, count(*), sum(outcome = \'failure\') FROM logs WHERE created_at >= (SELECT max(created_at) FROM logs) - 86400000 GROUP BY 1'),
		await measure('timeline of all', async () => services.timeline({tab: 'logs', query: `since:${spanDays}d`, buckets: 100}), 'SELECT created_at / 77760000, count(*), sum(outcome = \'failure\') FROM logs GROUP BY 1'),
	];
}

/** A store that says it has no search index. */
const withoutIndex = (store: Store): Store => ({...store, read: async (sql, args) => sql.includes('FROM search_parts') ? [] : store.read(sql, args)});

/** The same with the index, which stays in the store for the next run. Each first page is the first of its text, as a person would ask. */
async function searchIndexed(store: Store, services: Services, file: string): Promise<readonly Figure[]> {
	const bytes = async (): Promise<number> => {
		await store.emptyLog();
		return statSync(file).size;
	};

	const before = await bytes();
	const start = performance.now();
	const {indexed} = await buildSearchIndex({store, signal: new AbortController().signal, guard: () => [], indexedBefore: 0, onProgress: () => undefined});
	const seconds = (performance.now() - start) / 1000;
	const figures: Figure[] = indexed === 0 ? [] : [
		{bench: 'queries', name: 'search index, build', value: indexed / seconds, unit: 'logs/s'},
		{bench: 'queries', name: 'search index, size', value: (await bytes() - before) / 1e6, unit: 'MB', baseline: {name: 'store without it', value: before / 1e6}},
	];
	for (const [name, query] of [['rare', rareWord], ['absent', 'no-such-text-anywhere'], ['frequent', 'loyalty']] as const) {
		const begin = performance.now();
		await wholePage(services, {tab: 'logs', query, isWithoutDefault: true, direction: 'older', limit: 50});
		figures.push({bench: 'queries', name: `indexed search, page of a ${name} text`, value: performance.now() - begin, unit: 'ms', budget: 100});
	}

	return figures;
}

/** What a screen asks, through the services as it asks them, beside the same rows by hand. */
export const queryBench: Bench = {
	name: 'queries',
	async run({store: makeStore}) {
		const {home, file, until} = await makeStore();
		const store = await openStore({url: `file:${file}`, isReadOnly: false, home});
		const raw = createClient({url: `file:${file}`});
		try {
			const services = createServices({store, dataDirectory: home, now: () => until});
			const scanning = createServices({store: withoutIndex(store), dataDirectory: home, now: () => until});
			return [...await askAll(services, raw, until), ...await others(services, raw), ...await search(scanning, raw), ...await searchIndexed(store, services, file)];
		} finally {
			raw.close();
			await store.close();
		}
	},
};
