import {type RecordDetail, type Related} from '../../../services/services.ts';
import {type Zones} from '../../../domain/time/format-time.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {sourceOf} from '../../components/json-tree/tree-document.ts';
import {type Signs} from '../../theme.ts';
import {readableText, safeLines} from '../../terminal/run-program.ts';
import {headOf} from './head.ts';
import {panesOf} from './panes-of.ts';
import {type Pane} from './pane.ts';

type RecordTextInput = {
	readonly detail: RecordDetail;
	readonly related: readonly Related[];
	readonly keyNames: Readonly<Record<string, string>>;
	readonly zone: string;
	readonly zones: Zones;
	readonly signs: Signs;
};

/** A whole record as plain lines, safe for the terminal and with nothing drawn around them. */
export const recordText = ({detail, related, keyNames, zone, zones, signs}: RecordTextInput): string => {
	const panes = panesOf(detail, zone, signs).filter(({isExcerpt}) => isExcerpt !== true);
	const groups = headOf({detail, related, keyNames, zones, signs, response: detail.tab === 'logs' ? panes[1]?.document ?? null : null});
	const head = groups.filter(({parts}) => parts.length > 0).map(({parts}) => parts.map(({text}) => makeSafe(text)).join(` ${signs.separator} `));
	const parts = panes.map(pane => `${pane.name}${pane.info === '' ? '' : `  ${makeSafe(pane.info)}`}\n${safeLines(paneText(pane).text).trimEnd()}${pane.note === undefined ? '' : `\n${makeSafe(pane.note)}`}`);
	return [...head, '', parts.join('\n\n')].join('\n');
};

/** The content of a pane as it is best read outside: JSON indented, text as it is. */
export const paneText = (pane: Pane): {readonly text: string; readonly suffix: 'json' | 'txt'} => {
	const body = pane.body ?? (pane.document === null ? {text: pane.emptyText, suffix: 'txt' as const} : {text: sourceOf(pane.document, 0), suffix: 'json' as const});
	return {text: readableText(body), suffix: body.suffix};
};
