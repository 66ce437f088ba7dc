import {UsageFault} from '../domain/fault.ts';
import {type AnySummary, type Tab} from '../domain/records.ts';
import {holdsOf} from '../domain/webhooks/hold.ts';
import {type Page, type Position, type Services} from '../services/services.ts';
import {type ExitCode} from './command.ts';
import {type CommandContext} from './command-context.ts';
import {explainEmptyList} from './explain-empty-list.ts';
import {followRecords} from './follow-records.ts';
import {createPrinter, type RecordPrinter} from './print/record-printer.ts';

type ListFlags = {readonly follow: boolean; readonly count: boolean; readonly exitCode: boolean; readonly raw: boolean};

type ListRequest = {readonly tab: Tab; readonly query: string; readonly flags: ListFlags; readonly context: CommandContext};

/** `--limit`; null when it is not given, infinite when it is 0. Throws a UsageFault. */
export const readLimit = (text: string | undefined): number | null => {
	if (text === undefined) {
		return null;
	}

	if (!/^\d{1,15}$/.test(text)) {
		throw new UsageFault(`--limit ${text} is no whole number`, {remedy: 'give how many records at most, or 0 for all'});
	}

	return Number(text) === 0 ? Number.POSITIVE_INFINITY : Number(text);
};

const defaultLimit = 100;
/** Rows asked at once: memory stays flat however many there are. */
const pageSize = 500;

const refuseContradictions = ({follow, count, exitCode}: ListFlags): void => {
	if (follow && (count || exitCode)) {
		throw new UsageFault(`--follow does not end, and ${count ? '--count' : '--exit-code'} needs an end`, {remedy: 'leave one of them out'});
	}
};

/** Exact: what the service counts in steps is added up. */
const countAll = async (services: Services, {tab, query, context}: ListRequest): Promise<number> => {
	let total = 0;
	let from: Position | null = null;
	do {
		context.signal.throwIfAborted();
		const step = await services.count({tab, query, cap: Number.MAX_SAFE_INTEGER, ...(from && {from})}, context.signal);
		total += step.count;
		from = step.next;
	} while (from !== null);

	return total;
};

const printCount = async (count: number, {output, format}: CommandContext): Promise<void> => {
	await output.write(format === 'json' ? `${JSON.stringify({count})}\n` : `${count}\n`);
};

/** Prints up to `limit` records, newest first; the answer is how many there were. */
const printPages = async (services: Services, printer: RecordPrinter, limit: number, {tab, query, context}: ListRequest): Promise<number> => {
	let printed = 0;
	let from: Position | null = null;
	do {
		context.signal.throwIfAborted();
		const page: Page = await services.page({
			tab, query, direction: 'older', limit: Math.min(pageSize, limit - printed), ...(from && {from}), withContent: printer.needsContent,
		}, context.signal);
		await printer.print(page.rows.map(({summary}): AnySummary => summary));
		printed += page.rows.length;
		from = page.next;
	} while (from !== null && printed < limit);

	return printed;
};

/** What the tab commands print. Exit code 1 when `--exit-code` is given and something matched. */
export const printRecords = async (request: ListRequest): Promise<ExitCode> => {
	const {tab, flags, context} = request;
	refuseContradictions(flags);
	const limit = readLimit(context.globals.limit);
	const {services, close} = await context.openServices();
	try {
		if (flags.count) {
			const count = await countAll(services, request);
			await printCount(count, context);
			return flags.exitCode && count > 0 ? 1 : 0;
		}

		const settings = await services.settings();
		const format = context.format === 'auto' ? 'plain' : context.format;
		const printer = await createPrinter(format, {tab, settings, output: context.output, isRaw: flags.raw, readHolds: async () => holdsOf(await services.endpoints())});
		if (flags.follow) {
			await followRecords({...request, services, printer, limit: limit ?? 0});
			return 0;
		}

		const printed = await printPages(services, printer, limit ?? defaultLimit, request);
		await printer.end();
		if (printed === 0) {
			await context.errors.write(await explainEmptyList({...request, services, settings}));
		}

		return flags.exitCode && printed > 0 ? 1 : 0;
	} finally {
		await close();
	}
};
