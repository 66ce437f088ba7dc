import {type Tab} from '../domain/records.ts';
import {arrivals, lastArrival} from '../store/query/arrivals.ts';
import {planFilter} from '../store/query/plan.ts';
import {placeOf, readPage, type RowPage} from '../store/query/read-page.ts';
import {readContents, withContent} from '../store/query/read-record.ts';
import {toSummary} from '../store/query/stored-record.ts';
import {type SqlRow} from '../store/store.ts';
import {requestFilter} from './request-filter.ts';
import {type Page, type PageRequest, type Row} from './services.ts';
import {type ServiceContext} from './service-context.ts';

/** Whole records of an answer together hold about so much, beside the last one. */
const contentBytes = 8_000_000;
const contentRows = 500;

const findRows = async <T extends Tab>(context: ServiceContext, request: PageRequest<T>, limit: number, signal?: AbortSignal): Promise<RowPage> => {
	const {store} = context;
	if (request.arrivedAfter === null) {
		return {rows: [], next: {at: context.now(), seq: await lastArrival(store, request.tab)}};
	}

	const filter = await requestFilter(context, request);
	return request.arrivedAfter === undefined
		? readPage(store, await planFilter(store, request.tab, filter, signal), {direction: request.direction, start: request.from, limit, signal})
		: arrivals(store, request.tab, filter, {after: request.arrivedAfter, limit, signal});
};

const sizeOf = (content: Readonly<Record<string, unknown>> | undefined): number => {
	let size = 0;
	for (const value of Object.values(content ?? {})) {
		size += typeof value === 'string' ? value.length : 0;
	}

	return size;
};

const addContents = async <T extends Tab>(context: ServiceContext, tab: T, {rows, next}: RowPage): Promise<Page<T>> => {
	const whole: Array<Row<T>> = [];
	let size = 0;
	for (let index = 0; index < rows.length && size < contentBytes;) {
		// The first few tell how large the others may be.
		const part = rows.slice(index, index + Math.max(8, Math.min(index * 2, Math.floor(index * contentBytes / (size + 1) / 4))));
		const contents = await readContents(context.store, tab, part.map(row => Number(row.seq)));
		for (const row of part) {
			const content = contents.get(Number(row.seq));
			size += sizeOf(content);
			whole.push({position: placeOf(row), summary: await withContent(context.store, tab, toSummary(tab, row), content)});
		}

		index += part.length;
	}

	return {rows: whole, next: whole.length < rows.length ? whole.at(-1)?.position ?? next : next};
};

/** A page of a tab's list. */
export const listPage = async <T extends Tab>(context: ServiceContext, request: PageRequest<T>, signal?: AbortSignal): Promise<Page<T>> => {
	signal?.throwIfAborted();
	if (request.withContent) {
		return addContents(context, request.tab, await findRows(context, request, Math.min(request.limit, contentRows), signal));
	}

	const {rows, next} = await findRows(context, request, request.limit, signal);
	const toRow = (row: SqlRow): Row<T> => ({position: placeOf(row), summary: toSummary(request.tab, row)});
	return {rows: rows.map(toRow), next};
};
