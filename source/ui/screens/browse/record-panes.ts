import {outcomeOfStatus} from '../../../domain/browse/cell-value.ts';
import {type BrowseColumn} from '../../../domain/browse/columns.ts';
import {type FieldType} from '../../../domain/fields/field.ts';
import {isCutBody} from '../../../domain/text/cut-body.ts';
import {formatBytes} from '../../../domain/text/format-number.ts';
import {type BrowseRow} from '../../../services/services.ts';
import {createTreeDocument} from '../../components/json-tree/tree-document.ts';
import {bodyDocument} from '../panes/body-document.ts';
import {type Pane} from '../panes/pane.ts';
import {headingOf} from './browse-cell.ts';

const contentTypes = new Set<FieldType>(['body', 'json']);

const paneNames: Readonly<Record<string, string>> = {request_body: 'request', response_body: 'response'};

const contentPane = ({index, field}: BrowseColumn, {cells, cut}: BrowseRow, isFailure: boolean): Pane => {
	const text = cells[index] ?? '';
	const wholeBytes = cut?.[index];
	const {document, kind, problem} = bodyDocument(text, null);
	const bytes = wholeBytes ?? Buffer.byteLength(text);
	const notes = [
		problem,
		wholeBytes === undefined ? undefined : `cut here: ${formatBytes(Buffer.byteLength(text))} of ${formatBytes(wholeBytes)}; s saves the whole file`,
		wholeBytes === undefined && (isCutBody(text) || (kind === 'JSON' && document?.nodes[0]?.isCut === true)) ? 'ends in the middle: the file has no more' : undefined,
	].filter(note => note !== undefined);
	return {
		name: paneNames[field.name] ?? field.label.toLowerCase(), document, emptyText: 'It is empty.',
		info: kind === 'empty' ? 'empty' : `${formatBytes(bytes)} ${kind}`,
		note: notes.length === 0 ? undefined : notes.join('; '),
		folding: {isOpen: isFailure && bytes < 16_384},
		body: text === '' ? undefined : {text, suffix: kind === 'JSON' ? 'json' : 'txt'},
	};
};

/** A cell as JSON text: objects and lists as what they are, all else as text. */
const jsonOfCell = (cell: string): string => /^\s*[[{]/.test(cell) && createTreeDocument(cell)?.nodes[0]?.isCut === false ? cell : JSON.stringify(cell);

/** The parts of a row: a pane for each content, and one of all other cells by their headings. */
export const recordPanes = (columns: readonly BrowseColumn[], row: BrowseRow): readonly Pane[] => {
	const status = columns.find(({field}) => field.type === 'status');
	const isFailure = status !== undefined && outcomeOfStatus(row.cells[status.index] ?? '') === 'failure';
	const contents = columns.filter(({field}) => contentTypes.has(field.type));
	const others = columns.filter(column => !contents.includes(column));
	const members = others.map(column => `${JSON.stringify(headingOf(column))}:${jsonOfCell(row.cells[column.index] ?? '')}`);
	return [
		...contents.map(column => contentPane(column, row, isFailure && column.field.name === 'response_body')),
		{
			name: contents.length === 0 ? 'row' : 'fields', info: `${others.length}`, emptyText: 'It has no other cells.', folding: {isOpen: true},
			document: others.length === 0 ? null : createTreeDocument(`{${members.join(',')}}`, {style: 'plain'}),
			body: {text: rowJson(columns, row), suffix: 'json'},
		},
	];
};

/** The whole row as JSON, cells as text by their headings. */
export const rowJson = (columns: readonly BrowseColumn[], {cells}: BrowseRow): string =>
	JSON.stringify(Object.fromEntries(columns.map(column => [headingOf(column), cells[column.index] ?? ''])), undefined, 2);
