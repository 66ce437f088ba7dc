import {setTimeout as wait} from 'node:timers/promises';
import {type AnySummary, type Tab} from '../domain/records.ts';
import {type Page, type Position, type Row, type Services} from '../services/services.ts';
import {type CommandContext} from './command-context.ts';
import {type RecordPrinter} from './print/record-printer.ts';

const lookEveryMs = 500;
const pageSize = 500;

type Following = {
	readonly tab: Tab;
	readonly query: string;
	readonly context: CommandContext;
	readonly services: Services;
	readonly printer: RecordPrinter;
	/** How many of those that are there already are printed first, the oldest of them first. */
	readonly limit: number;
};

/** The newest `limit` rows that had arrived by `seq`, oldest first. */
const latestRows = async ({tab, query, context, services, printer, limit}: Following, seq: number): Promise<readonly Row[]> => {
	const rows: Row[] = [];
	let from: Position | null = null;
	do {
		const page: Page = await services.page({
			tab, query, isWithoutDefault: true, direction: 'older', limit: Math.min(pageSize, limit - rows.length), ...(from && {from}),
			withContent: printer.needsContent,
		}, context.signal);
		rows.push(...page.rows.filter(({position}) => position.seq <= seq));
		from = page.next;
	} while (from !== null && rows.length < limit);

	return rows.toReversed();
};

/**
 * Prints records in the order in which the store takes them in, each once, whatever their time: a request that took long
 * is stored after a later short one. Ends by the context's signal.
 */
export const followRecords = async (following: Following): Promise<never> => {
	const {tab, query, context, services, printer} = following;
	const request = {tab, query, isWithoutDefault: true, direction: 'newer', limit: pageSize, withContent: printer.needsContent} as const;
	const start = await services.page({...request, arrivedAfter: null}, context.signal);
	let seq = start.next?.seq ?? 0;
	if (following.limit > 0) {
		await printer.print((await latestRows(following, seq)).map(({summary}): AnySummary => summary));
	}

	for (;;) {
		const {rows, next} = await services.page({...request, arrivedAfter: seq}, context.signal);
		await printer.print(rows.map(({summary}): AnySummary => summary));
		context.signal.throwIfAborted();
		if (next === null || next.seq === seq) {
			await wait(lookEveryMs, undefined, {signal: context.signal});
		} else {
			seq = next.seq;
		}
	}
};
