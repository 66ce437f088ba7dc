import {type Column, type Field} from '../../domain/fields/field.ts';
import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {type AnySummary, type Tab} from '../../domain/records.ts';
import {cellWidth, fitCell} from '../../domain/text/cells.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {type Settings} from '../../services/services.ts';
import {jsonText} from './json-text.ts';
import {type PrinterOptions, type RecordPrinter} from './record-printer.ts';
import {zonedInstant} from './zoned-instant.ts';

const gap = '  ';
/** A column is not made wider than this for one long value: the value pushes the rest of its line aside. */
const widest = 60;

type PlainColumn = {readonly field: Field; readonly column: Column; readonly width: number};

const columnsOf = (tab: Tab): readonly PlainColumn[] => fieldsOf(tab)
	.flatMap((field, index) => field.column === undefined ? [] : [{field, column: field.column, place: field.column.place ?? index}])
	.toSorted((left, right) => left.place - right.place)
	.map(({field, column}) => ({field, column, width: cellWidth(column.header)}));

const cellOf = (record: Readonly<Record<string, unknown>>, {field, column}: PlainColumn, settings: Settings): string => {
	const value = record[field.name] ?? (column.elseField === undefined ? null : record[column.elseField]) ?? null;
	if (value === null || value === '') {
		return '-';
	}

	if (field.type === 'instant') {
		return zonedInstant(Number(value), settings.timezone);
	}

	if (field.type === 'secret-id') {
		return settings.keyNames[String(value)] ?? String(value);
	}

	if (field.type === 'percent') {
		return `${String(value)}%`;
	}

	return typeof value === 'object' ? jsonText(value) : String(value as string | number);
};

/** On a terminal only the columns that fit, the most important first; the widest give way to let one more in. */
const fitToTerminal = (columns: readonly PlainColumn[], width: number): readonly PlainColumn[] => {
	const kept = new Set<PlainColumn>();
	let left = width + gap.length;
	for (const column of columns.toSorted((one, other) => one.column.priority - other.column.priority)) {
		if (column.width + gap.length > left) {
			break;
		}

		left -= column.width + gap.length;
		kept.add(column);
	}

	return columns.filter(column => kept.has(column));
};

/**
 * One record a line under a heading, columns two spaces apart and as wide as the first records need. Piped, nothing is
 * left out and nothing cut: a longer value moves the rest of its line. On a terminal it fits the width.
 */
export const createPlainPrinter = ({tab, output, settings}: PrinterOptions): RecordPrinter => {
	let columns: readonly PlainColumn[] | null = null;

	const line = (cells: readonly string[], placed: readonly PlainColumn[]): string => {
		const padded = cells.map((cell, index) => {
			const {column, width = 0} = placed[index] ?? {column: {align: 'left'}};
			const isLastLeft = index === cells.length - 1 && column?.align !== 'right';
			if (output.columns === null && (cellWidth(cell) >= width || isLastLeft)) {
				return cell;
			}

			return fitCell(cell, width, column?.align ?? 'left');
		});
		return `${padded.join(gap).trimEnd()}\n`;
	};

	const print = async (records: readonly AnySummary[]): Promise<void> => {
		if (records.length === 0) {
			return;
		}

		const all = columns ?? columnsOf(tab);
		const cells = records.map(record => all.map(column => makeSafe(cellOf(record as unknown as Readonly<Record<string, unknown>>, column, settings))));
		let text = '';
		if (columns === null) {
			const wide = all.map((column, index) => ({...column, width: Math.min(widest, Math.max(column.width, ...cells.map(row => cellWidth(row[index] ?? ''))))}));
			columns = output.columns === null ? wide : fitToTerminal(wide, output.columns);
			text = line(columns.map(({column}) => column.header), columns);
			const placed = columns;
			const indexes = placed.map(({field}) => all.findIndex(column => column.field === field));
			text += cells.map(row => line(indexes.map(index => row[index] ?? ''), placed)).join('');
		} else {
			const placed = columns;
			text = cells.map(row => line(row, placed)).join('');
		}

		await output.write(text);
	};

	return {needsContent: false, print, end: async () => undefined};
};
