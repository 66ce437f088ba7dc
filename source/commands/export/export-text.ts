import {type ExportRecord} from '../../domain/records.ts';
import {formatBytes} from '../../domain/text/format-number.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {jsonText} from '../print/json-text.ts';
import {printedRecord} from '../print/printed-record.ts';
import {barLine} from '../progress/bar-line.ts';
import {type ProgressText} from '../progress/follow-progress.ts';
import {formatDuration} from '../../domain/time/format-time.ts';

/** An export as one line of JSON. */
export const exportText = (record: ExportRecord): string => `${jsonText(printedRecord(record, 'exports'))}\n`;

const countText = (count: number): string => count.toLocaleString('en-US');

/** What was made, and how to get it again. */
export const madeText = ({id, rows, bytes}: ExportRecord, target: string | null): string =>
	`auditty: exported ${countText(rows ?? 0)} log${rows === 1 ? '' : 's'}, ${formatBytes(bytes ?? 0)}${target === null ? '' : `, to ${makeSafe(target)}`}; it stays as ${id}\n`;

export type RowsDone = {readonly done: number; readonly total: number | null};

const partsOf = ({done, total}: RowsDone, elapsedMs: number): readonly string[] => {
	const rate = elapsedMs === 0 ? 0 : done / elapsedMs;
	const isEndKnown = total !== null && total > 0 && rate > 0;
	return [
		...(total === null || total === 0 ? [] : [`${Math.floor(done / total * 100)} %`]),
		`${countText(done)}${total === null ? '' : ` of ${countText(total)}`} logs`,
		`${countText(Math.round(rate * 1000))}/s`,
		...(isEndKnown ? [`${formatDuration((total - done) / rate)} left`] : []),
	];
};

/** How far an export is. */
export const exportProgress: ProgressText<RowsDone> = {
	line: (state, elapsedMs) => `auditty: exporting, ${partsOf(state, elapsedMs).join(', ')}`,
	bar: (state, elapsedMs, look) => barLine(state.total === null || state.total === 0 ? null : state.done / state.total, partsOf(state, elapsedMs), look),
};
