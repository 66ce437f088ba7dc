import {setImmediate as turn} from 'node:timers/promises';
import {type Place} from '../query/candidates.ts';
import {readAsJson} from '../query/read-as-json.ts';
import {type SqlValue, type Store} from '../store.ts';
import {logsAPart} from './part-size.ts';
import {rangeOf, readSearchParts, type SearchPart, tableOf, uncoveredRanges} from './search-parts.ts';

/**
 * A part in which a tenth of all logs match, or a search that matches more than two logs in a hundred, is not worth a
 * list: a page of it is found sooner in the bodies themselves.
 */
const mostOfPart = logsAPart / 10;
const mostMatches = (logs: number): number => Math.min(20_000, 2000 + logs / 50);
/** So many logs that are not in the index are looked at one by one. */
const mostUncovered = 50_000;
/** What a call spends on the index; the next one goes on where it stopped. */
const budgetMs = 100;
/** Others get at the store after so long. */
const turnMs = 8;
const mostRemembered = 8;

type Found = {readonly indexedTo: number; readonly places: readonly Place[] | 'many'};

// What a part says of a search stays true, since logs never change: pages, counts and jumps of a search ask it once.
// A log that was deleted is passed over when it is read.
const remembered = new WeakMap<Store, Map<string, Map<number, Found>>>();

const foundOf = (store: Store, expression: string): Map<number, Found> => {
	const searches = remembered.get(store) ?? new Map<string, Map<number, Found>>();
	remembered.set(store, searches);
	const found = searches.get(expression) ?? new Map<number, Found>();
	searches.delete(expression);
	searches.set(expression, found);
	for (const oldest of [...searches.keys()].slice(0, -mostRemembered)) {
		searches.delete(oldest);
	}

	return found;
};

const readPlaces = async (store: Store, sql: string, args: readonly SqlValue[]): Promise<readonly Place[]> => {
	const rows = await readAsJson(store, {columns: ['created_at', 'seq'], sql, args});
	return rows.map(([at, seq]) => ({at: Number(at), seq: Number(seq)}));
};

const searchPart = async (store: Store, {number, indexedTo}: SearchPart, expression: string, known: Found | undefined): Promise<Found> => {
	if (known?.places === 'many' || (known !== undefined && known.indexedTo >= indexedTo)) {
		return known;
	}

	const {indexedTo: after, places}: {readonly indexedTo: number; readonly places: readonly Place[]} = known === undefined ? {indexedTo: 0, places: []} : {indexedTo: known.indexedTo, places: known.places};
	const table = tableOf(number);
	const more = await readPlaces(
		store,
		`SELECT logs.created_at AS created_at, logs.seq AS seq FROM ${table} CROSS JOIN logs ON logs.seq = ${table}.rowid
			WHERE ${table} MATCH ? AND ${table}.rowid > ? AND ${table}.rowid <= ? LIMIT ?`,
		[expression, after, indexedTo, mostOfPart + 1],
	);
	return {indexedTo, places: places.length + more.length > mostOfPart ? 'many' : [...places, ...more]};
};

const uncoveredPlaces = async (store: Store, parts: readonly SearchPart[]): Promise<readonly Place[] | null> => {
	const places: Place[] = [...await readPlaces(store, 'SELECT created_at, logs.seq AS seq FROM search_skipped CROSS JOIN logs ON logs.seq = search_skipped.seq LIMIT ?', [mostUncovered])];
	for (const {after, to} of uncoveredRanges(parts)) {
		places.push(...await readPlaces(store, 'SELECT created_at, seq FROM logs WHERE seq > ? AND seq <= ? LIMIT ?', [after, to, mostUncovered + 1 - places.length]));
		if (places.length > mostUncovered) {
			return null;
		}
	}

	return places;
};

const lies = ({oldestAt, newestAt}: SearchPart, from: number | null, before: number | null): boolean =>
	oldestAt !== null && newestAt !== null && (before === null || oldestAt < before) && (from === null || newestAt >= from);

/**
 * The places of all logs between two times that a search may find, in the order of the list: what the index says, and
 * the logs that are not in it. Null where there is no index, it finds very many, or it has not answered in time yet;
 * the list is then to be read instead.
 */
export const searchPlaces = async (store: Store, expression: string, {from, before, signal}: {
	readonly from: number | null;
	readonly before: number | null;
	readonly signal?: AbortSignal | undefined;
}): Promise<readonly Place[] | null> => {
	const parts = await readSearchParts(store);
	if (parts.length === 0) {
		return null;
	}

	const found = foundOf(store, expression);
	const begin = performance.now();
	let turned = begin;
	const answers: Array<readonly Place[]> = [];
	let logs = 0;
	let matches = 0;
	for (const part of parts.toReversed().filter(one => lies(one, from, before))) {
		const answer = await searchPart(store, part, expression, found.get(part.number));
		found.set(part.number, answer);
		logs += part.indexedTo - rangeOf(part.number).after;
		matches += answer.places.length;
		if (answer.places === 'many' || matches > mostMatches(logs)) {
			return null;
		}

		answers.push(answer.places.filter(({seq}) => seq <= part.indexedTo));
		if (performance.now() - turned > turnMs) {
			await turn();
			signal?.throwIfAborted();
			turned = performance.now();
			if (turned - begin > budgetMs) {
				return null;
			}
		}
	}

	const others = await uncoveredPlaces(store, parts);
	return others === null ? null : [...answers.toReversed().flat(), ...others].sort((a, b) => a.at - b.at || a.seq - b.seq);
};
