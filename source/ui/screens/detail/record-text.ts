import {type RecordDetail, type Related} from '../../../services/services.ts';
import {type Zones} from '../../../domain/time/format-time.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Signs} from '../../theme.ts';
import {panesText} from '../panes/pane-text.ts';
import {headOf} from './head.ts';
import {panesOf} from './panes-of.ts';

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
	const panes = panesOf(detail, zone, signs);
	const groups = headOf({detail, related, keyNames, zones, signs, response: detail.tab === 'logs' ? panes[1]?.document ?? null : null});
	const head = groups.filter(({parts}) => parts.length > 0).map(({parts}) => parts.map(({text}) => makeSafe(text)).join(` ${signs.separator} `));
	return [...head, '', panesText(panes)].join('\n');
};
