import {createTreeDocument} from '../../components/json-tree/tree-document.ts';
import {formatBytes} from '../../../domain/text/format-number.ts';
import {type Pane} from '../panes/pane.ts';

/** A JSON value as a part of a record; `emptyText` stands where there is none. */
export const jsonPane = (name: string, value: unknown, emptyText: string, isOpen = false): Pane => {
	const text = value === null || value === undefined ? '' : JSON.stringify(value);
	return {
		name, emptyText, folding: {isOpen},
		document: text === '' ? null : createTreeDocument(text),
		info: text === '' ? '' : formatBytes(Buffer.byteLength(text)),
		body: text === '' ? undefined : {text, suffix: 'json'},
	};
};
