import {pathOf, sourceOf, valueOf} from '../../components/json-tree/tree-document.ts';
import {type TreeState} from '../../components/json-tree/tree-model.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {readableText, safeLines} from '../../terminal/run-program.ts';
import {type Pane} from './pane.ts';

/** Where the cursor stands in a tree. */
export type Selection = {readonly path: string; readonly value: string};

/** The path of the node under the cursor, and its value: a scalar as it reads, all else as it stands in the text. */
export const selectionOf = ({document, cursor}: TreeState): Selection => ({
	path: pathOf(document, cursor),
	value: document.nodes[cursor]?.children === null ? valueOf(document, cursor) : sourceOf(document, cursor),
});

/** The content of a pane as it is best read outside: JSON indented, text as it is. */
export const paneText = (pane: Pane): {readonly text: string; readonly suffix: 'json' | 'txt'} => {
	const body = pane.body ?? (pane.document === null ? {text: pane.emptyText, suffix: 'txt' as const} : {text: sourceOf(pane.document, 0), suffix: 'json' as const});
	return {text: readableText(body), suffix: body.suffix};
};

/** Panes as plain lines, safe for the terminal and with nothing drawn around them; those that show a part of another are left out. */
export const panesText = (panes: readonly Pane[]): string => panes
	.filter(({isExcerpt}) => isExcerpt !== true)
	.map(pane => `${pane.name}${pane.info === '' ? '' : `  ${makeSafe(pane.info)}`}\n${safeLines(paneText(pane).text).trimEnd()}${pane.note === undefined ? '' : `\n${makeSafe(pane.note)}`}`)
	.join('\n\n');
