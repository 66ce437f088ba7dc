import {type BrowseColumn} from '../../../domain/browse/columns.ts';
import {parseColumnQuery} from '../../../domain/browse/column-query.ts';
import {printQuery} from '../../../domain/query/print-query.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {type BrowseProgress, type BrowseTable, type BrowseView} from '../../../services/services.ts';
import {type Note} from '../../components/frame/note-lines.tsx';
import {spread, type Piece} from '../../components/frame/spread.ts';
import {progressBar} from '../../components/progress/progress-bar.ts';
import {type Message} from '../../message-context.ts';
import {type Theme} from '../../theme.ts';
import {headingOf} from './browse-cell.ts';

const piece = (theme: Theme, token: Parameters<Theme['paint']>[0], text: string): Piece => ({text, styled: theme.paint(token, text)});

/** What is browsed, what it was made with (to read only), and how many rows of it are shown. */
export const titleLine = ({table, progress, place, width, theme}: {
	readonly table: BrowseTable | null;
	readonly progress: BrowseProgress | null;
	/** Of the cursor, from 0. */
	readonly place: number;
	readonly width: number;
	readonly theme: Theme;
}): string => {
	const name = makeSafe(table?.name ?? '');
	const query = table?.export === null || table === null ? null : table.export.query;
	const left = [
		piece(theme, 'accent', ' Browse '), piece(theme, 'strong', name),
		...(query === null ? [] : [piece(theme, 'secondary', `  exported with ${query === '' ? 'no filter' : makeSafe(query)}`)]),
	];
	if (progress === null) {
		return spread(left, [], width);
	}

	const more = progress.stage === 'reading' ? '+' : '';
	const rows = `${formatCount(progress.rows)}${more}`;
	const isAll = progress.matching === progress.rows;
	const counts = isAll ? `${rows} ${progress.rows === 1 ? 'row' : 'rows'}` : `${formatCount(progress.matching)}${progress.stage === 'done' || progress.stage === 'sorting' ? '' : '+'} of ${rows} rows`;
	return spread(left, [{text: ` ${counts} `}, ...(progress.matching === 0 ? [] : [piece(theme, 'secondary', `${theme.signs.separator} at ${formatCount(place + 1)} `)])], width);
};

/** The filter of the person, and how the columns are shown. */
export const viewLine = ({view, columns, hidden, progress, width, theme}: {
	readonly view: BrowseView;
	readonly columns: readonly BrowseColumn[];
	readonly hidden: number;
	readonly progress: BrowseProgress | null;
	readonly width: number;
	readonly theme: Theme;
}): string => {
	const parsed = parseColumnQuery(view.query, columns);
	const chips = !parsed.ok || parsed.query.length === 0
		? [piece(theme, 'secondary', view.query === '' ? ' every row' : ` ${makeSafe(view.query)}`)]
		: parsed.query.map(term => {
			const text = makeSafe(printQuery([term]));
			const colon = term.kind === 'field' ? text.indexOf(':') + 1 : 0;
			return {text: ` ${text} `, styled: ` ${theme.paint('accent', text.slice(0, colon))}${text.slice(colon)} `};
		});
	const column = view.sort === null ? undefined : columns[view.sort.column];
	const parts = [
		...(column === undefined ? [] : [`by ${makeSafe(headingOf(column))}, ${view.sort?.isDescending ? 'descending' : 'ascending'}${progress?.sortedBy ? ` (long texts by their first ${progress.sortedBy} bytes)` : ''}`]),
		...(hidden === 0 ? [] : [`${hidden} of ${columns.length} columns hidden`]),
	];
	return spread(chips, [
		...(parts.length === 0 ? [] : [piece(theme, 'secondary', ` ${parts.join(` ${theme.signs.separator} `)} `)]),
		...problemPieces(progress, width, theme),
	], width);
};

/** Which lines are left out, and why the first of them. */
const problemPieces = (progress: BrowseProgress | null, width: number, theme: Theme): readonly Piece[] => {
	const [first] = progress?.problems ?? [];
	if (first === undefined || progress === null) {
		return [];
	}

	const count = `${formatCount(progress.problemCount)} ${progress.problemCount === 1 ? 'line' : 'lines'} left out`;
	return [piece(theme, 'waiting', ` ${count}: line ${first.line}${width < 120 ? '' : `, ${first.reason}`}${progress.problemCount === 1 ? '' : theme.signs.ellipsis} `)];
};

const verbs: Readonly<Record<Exclude<BrowseProgress['stage'], 'done'>, string>> = {reading: 'reading', filtering: 'filtering', sorting: 'sorting'};

/** What is going on, for the footer. */
export const statusNote = ({message, progress, failure, isSeeking, width, theme}: {
	readonly message: Message | null;
	readonly progress: BrowseProgress | null;
	readonly failure: string | null;
	readonly isSeeking: boolean;
	readonly width: number;
	readonly theme: Theme;
}): Note | null => {
	const say = (token: Note['token'], text: string): Note => ({token, text});
	if (message !== null) {
		return say(message.kind === 'failure' ? 'failure' : 'accent', makeSafe(message.text));
	}

	if (failure !== null) {
		return say('failure', makeSafe(failure));
	}

	if (progress === null) {
		return say('secondary', `opening${theme.signs.ellipsis}`);
	}

	if (progress.file !== 'same') {
		return say('waiting', progress.file === 'gone' ? 'the file is gone: rows that are not on the screen cannot be read' : 'the file has changed since it was opened: ctrl-r reads it anew');
	}

	if (isSeeking) {
		return say('accent', `searching${theme.signs.ellipsis} esc stops`);
	}

	if (progress.stage !== 'done') {
		const bar = width >= 80 ? ` ${progressBar(progress.share, 10, theme.signs)}` : '';
		return say('accent', `${theme.signs.running} ${verbs[progress.stage]}${bar} ${Math.floor(progress.share * 100)} %`);
	}

	return null;
};
