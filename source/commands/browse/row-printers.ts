import {once} from 'node:events';
import {pipeline} from 'node:stream/promises';
import {stringify} from 'csv-stringify';
import {valueOfCell} from '../../domain/browse/cell-value.ts';
import {type BrowseColumn} from '../../domain/browse/columns.ts';
import {spreadsheetSafe} from '../../domain/csv/spreadsheet-safe.ts';
import {cellWidth, fitCell} from '../../domain/text/cells.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {csvFormat} from '../../services/export/csv-format.ts';
import {type Settings} from '../../services/services.ts';
import {type Output} from '../output.ts';
import {jsonText} from '../print/json-text.ts';
import {isoInstant} from '../../domain/time/iso-instant.ts';
import {zonedInstant} from '../print/zoned-instant.ts';

export type RowPrinter = {
	readonly print: (rows: ReadonlyArray<readonly string[]>) => Promise<void>;
	/** Resolves when all is written. */
	readonly end: () => Promise<void>;
};

type PrinterOptions = {
	readonly columns: readonly BrowseColumn[];
	readonly settings: Settings;
	readonly output: Output;
	/** CSV cells as they are. */
	readonly isRaw: boolean;
};

const jsonOf = (text: string): unknown => {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
};

/** A cell as JSON has its field: numbers are numbers, instants ISO 8601 in UTC, what is empty null. */
const jsonValue = ({field}: BrowseColumn, cell: string): unknown => {
	const value = valueOfCell(field, cell);
	if (field.type === 'instant') {
		return typeof value === 'number' ? isoInstant(value) : value;
	}

	// A status may be a word, which is no code and still all that is known.
	if (field.type === 'status') {
		return value ?? (cell === '' || cell.trim() === '0' ? null : cell);
	}

	return typeof value === 'string' && (field.type === 'json' || field.type === 'headers' || field.type === 'list') ? jsonOf(value) : value;
};

const createJsonPrinter = ({columns, output}: PrinterOptions): RowPrinter => ({
	print: async rows => {
		if (rows.length > 0) {
			await output.write(rows.map(cells => `${jsonText(Object.fromEntries(columns.map(column => [column.field.name, jsonValue(column, cells[column.index] ?? '')])))}\n`).join(''));
		}
	},
	end: () => Promise.resolve(),
});

const safeLines = (text: string): string => text.split('\n').map(makeSafe).join('\n');

/** The headings as the file has them. */
const createCsvPrinter = ({columns, output, isRaw}: PrinterOptions): RowPrinter => {
	const stringifier = stringify(csvFormat(columns.map(({heading}) => heading), {hasHeading: false}));
	const writing = pipeline(stringifier, async source => {
		for await (const chunk of source) {
			await output.write(String(chunk));
		}
	});
	// Its failure is met where it is awaited.
	writing.catch(() => undefined);
	const write = async (cells: readonly string[]): Promise<void> => {
		const shown = isRaw ? cells : cells.map(spreadsheetSafe);
		if (stringifier.destroyed || !stringifier.write(output.isTerminal ? shown.map(safeLines) : shown)) {
			await Promise.race([once(stringifier, 'drain'), writing]);
		}
	};

	const heading = write(columns.map(column => column.heading));
	return {
		print: async rows => {
			await heading;
			for (const cells of rows) {
				await write(cells);
			}
		},
		end: async () => {
			await heading;
			stringifier.end();
			await writing;
		},
	};
};

const widest = 60;
const gap = '  ';

/** One row a line under the headings; piped, nothing is cut, on a terminal lines end at its edge. */
const createPlainPrinter = ({columns, settings, output}: PrinterOptions): RowPrinter => {
	let widths: readonly number[] | null = null;
	const textOf = ({field}: BrowseColumn, cell: string): string => {
		const value = valueOfCell(field, cell);
		if (field.type === 'instant' && typeof value === 'number') {
			return zonedInstant(value, settings.timezone);
		}

		return cell === '' ? '-' : makeSafe(field.type === 'secret-id' ? settings.keyNames[cell] ?? cell : cell);
	};

	const lineOf = (cells: readonly string[]): string => {
		const line = cells.map((cell, index) => cellWidth(cell) > (widths?.[index] ?? 0) ? cell : fitCell(cell, widths?.[index] ?? 0)).join(gap).trimEnd();
		return `${output.columns === null ? line : fitCell(line, output.columns).trimEnd()}\n`;
	};

	return {
		print: async rows => {
			if (rows.length === 0) {
				return;
			}

			const headings = columns.map(({heading, field}) => makeSafe(heading === '' ? field.name : heading));
			const lines = rows.map(cells => columns.map(column => textOf(column, cells[column.index] ?? '')));
			const isFirst = widths === null;
			widths ??= headings.map((heading, index) => Math.min(widest, Math.max(cellWidth(heading), ...lines.slice(0, 500).map(cells => cellWidth(cells[index] ?? '')))));
			await output.write((isFirst ? lineOf(headings) : '') + lines.map(lineOf).join(''));
		},
		end: () => Promise.resolve(),
	};
};

/** How the rows of a file are printed. */
export const createRowPrinter = (format: 'json' | 'csv' | 'plain', options: PrinterOptions): RowPrinter =>
	({json: createJsonPrinter, csv: createCsvPrinter, plain: createPlainPrinter})[format](options);
