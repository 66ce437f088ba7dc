import {type Field} from '../../domain/fields/field.ts';
import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {type AnySummary, type SendoutSummary, type Tab} from '../../domain/records.ts';
import {cellWidth, fitCell} from '../../domain/text/cells.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {holdOf, noHolds, type Holds} from '../../domain/webhooks/hold.ts';
import {type Settings} from '../../services/services.ts';
import {type PrinterOptions, type RecordPrinter} from './record-printer.ts';
import {valueText} from './value-text.ts';
import {zonedInstant} from './zoned-instant.ts';

const gap = '  ';
/** A column is not made wider than this for one long value: the value pushes the rest of its line aside. */
const widest = 60;

type PlainColumn = {
	readonly field: Field;
	readonly elseField: string | undefined;
	readonly header: string;
	readonly align: 'left' | 'right';
	readonly priority: number;
	/** Cells that it gives way to, where room is short. */
	readonly least: number;
};

type PlacedColumn = PlainColumn & {readonly width: number};

const columnsOf = (tab: Tab): readonly PlainColumn[] => fieldsOf(tab)
	.flatMap((field, index) => field.column === undefined ? [] : [{field, column: field.column, place: field.column.place ?? index}])
	.toSorted((left, right) => left.place - right.place)
	.map(({field, column: {elseField, header, align = 'left', priority, width}}) => ({
		field, elseField, header, align, priority,
		// The zone's offset makes an instant longer here than in the screen's list, and a cut one is none.
		least: field.type === 'instant' ? Number.POSITIVE_INFINITY : Math.max(width, header.length),
	}));

const cellText = (record: AnySummary, {field, elseField}: PlainColumn, {settings, holds}: {readonly settings: Settings; readonly holds: Holds}): string => {
	const values: Readonly<Record<string, unknown>> = record;
	const value = values[field.name] ?? (elseField === undefined ? null : values[elseField]);
	const text = valueText(value);
	if (text === '') {
		return '-';
	}

	if (field.name === 'next_attempt_at') {
		const hold = holdOf(record as SendoutSummary, holds);
		return hold?.until === null ? 'held' : zonedInstant(hold?.until ?? Number(value), settings.timezone);
	}

	if (field.type === 'instant') {
		return zonedInstant(Number(value), settings.timezone);
	}

	if (field.type === 'secret-id') {
		return settings.keyNames[text] ?? text;
	}

	return field.type === 'percent' ? `${text}%` : text;
};

/** The most important columns that fit into `width` cells, in their order; what room is left goes to them by importance. */
const fitColumns = (columns: readonly PlacedColumn[], width: number): readonly PlacedColumn[] => {
	const byPriority = columns.toSorted((one, other) => one.priority - other.priority);
	const kept = new Map<PlacedColumn, number>();
	let left = width + gap.length;
	for (const column of byPriority) {
		const cells = Math.min(column.width, column.least);
		if (cells + gap.length > left) {
			break;
		}

		left -= cells + gap.length;
		kept.set(column, cells);
	}

	if (kept.size === 0) {
		return byPriority.slice(0, 1).map(column => ({...column, width}));
	}

	for (const [column, cells] of kept) {
		const more = Math.min(left, column.width - cells);
		left -= more;
		kept.set(column, cells + more);
	}

	return columns.flatMap(column => kept.has(column) ? [{...column, width: kept.get(column) ?? column.width}] : []);
};

/**
 * One record a line under a heading, columns two spaces apart and as wide as the first records need. Piped, nothing is
 * left out and nothing cut: a longer value moves the rest of its line aside. On a terminal lines fit its width.
 */
export const createPlainPrinter = ({tab, output, settings, readHolds}: PrinterOptions): RecordPrinter => {
	let placed: readonly PlacedColumn[] | null = null;

	const lineOf = (columns: readonly PlacedColumn[], cells: readonly string[]): string => {
		const padded = columns.map(({width, align}, index) => {
			const cell = cells[index] ?? '';
			return output.columns === null && cellWidth(cell) > width ? cell : fitCell(cell, width, align);
		});
		return `${padded.join(gap).trimEnd()}\n`;
	};

	const place = (records: readonly AnySummary[], holds: Holds): readonly PlacedColumn[] => {
		const columns = columnsOf(tab).map(column => ({
			...column,
			width: Math.min(widest, Math.max(column.header.length, ...records.map(record => cellWidth(makeSafe(cellText(record, column, {settings, holds})))))),
		}));
		return output.columns === null ? columns : fitColumns(columns, output.columns);
	};

	return {
		needsContent: false,
		print: async records => {
			if (records.length === 0) {
				return;
			}

			const isFirst = placed === null;
			const waits = tab === 'sendouts' && records.some(record => (record as SendoutSummary).next_attempt_at !== null);
			const holds = waits && readHolds !== undefined ? await readHolds() : noHolds;
			const columns = placed ??= place(records, holds);
			const lines = records.map(record => lineOf(columns, columns.map(column => makeSafe(cellText(record, column, {settings, holds})))));
			await output.write((isFirst ? lineOf(columns, columns.map(({header}) => header)) : '') + lines.join(''));
		},
		end: () => Promise.resolve(),
	};
};
