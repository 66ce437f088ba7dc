import {useEffect, useRef, useState, type Dispatch} from 'react';
import {termsOfValue, parseColumnQuery} from '../../../domain/browse/column-query.ts';
import {type BrowseColumn} from '../../../domain/browse/columns.ts';
import {withTerm} from '../../../domain/query/edit-query.ts';
import {containsPattern} from '../../../domain/query/fold-case.ts';
import {printQuery} from '../../../domain/query/print-query.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type BrowseFound, type BrowseRow, type BrowseSource, type BrowseTable} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {headingOf} from './browse-cell.ts';
import {type BrowseAction, type BrowseState} from './browse-state.ts';

/** What is open over the rows. */
export type BrowseOverlay =
	| {readonly kind: 'none' | 'search' | 'filter' | 'save'}
	| {readonly kind: 'confirm'; readonly title: string; readonly yes: string; readonly run: () => void};

type BrowseKeys = {
	readonly source: BrowseSource;
	readonly state: BrowseState;
	readonly dispatch: Dispatch<BrowseAction>;
	readonly columns: readonly BrowseColumn[];
	readonly table: BrowseTable | null;
	/** Rows of the view. */
	readonly length: number;
	readonly rowAt: (place: number) => BrowseRow | undefined;
	readonly overlay: BrowseOverlay;
	readonly setOverlay: (overlay: BrowseOverlay) => void;
	readonly isActive: boolean;
	readonly onClose: () => void;
	readonly onOpen: () => void;
};

const widenBy = 6;
/** A cell of the list that is as long as this was cut. */
const listedCharacters = 400;

/** The keys of context `browse`, and the search that some of them begin. */
export const useBrowseKeys = ({source, state, dispatch, columns, table, length, rowAt, setOverlay, isActive, onClose, onOpen}: BrowseKeys): {
	readonly isSeeking: boolean;
	readonly find: (text: string, from: number, isBackwards: boolean) => void;
} => {
	const {services, say} = useSurroundings();
	const [isSeeking, setSeeking] = useState(false);
	const seeking = useRef<AbortController | null>(null);
	const {window, view, match} = state;
	const column = columns[state.column];

	// A search is over with the rows that it went through.
	useEffect(() => () => {
		seeking.current?.abort();
		seeking.current = null;
		setSeeking(false);
	}, [view]);

	/** The cursor goes to where the text stands in the row. */
	const showMatch = async (place: number, text: string, signal: AbortSignal): Promise<void> => {
		const row = await services.browseRow({source, view, place}, signal);
		const pattern = containsPattern(text);
		const found = row?.cells.findIndex(cell => pattern.test(cell)) ?? -1;
		if (found >= 0) {
			dispatch({type: 'goColumn', column: found});
			if (state.hidden.has(found)) {
				say(`"${makeSafe(text)}" is in the hidden column ${makeSafe(headingOf(columns[found]!))}`);
			}
		}
	};

	const find = (text: string, from: number, isBackwards: boolean): void => {
		seeking.current?.abort();
		const abort = new AbortController();
		seeking.current = abort;
		setSeeking(true);
		const seek = async (): Promise<void> => {
			let next: number | null = from;
			while (next !== null) {
				const found: BrowseFound = await services.browseFind({source, view, text, from: next, isBackwards}, abort.signal);
				abort.signal.throwIfAborted();
				if (found.place !== null) {
					dispatch({type: 'go', row: found.place, length: Math.max(length, found.place + 1)});
					await showMatch(found.place, text, abort.signal);
					return;
				}

				({next} = found);
			}

			say(`nothing further ${isBackwards ? 'up' : 'down'} with "${text}"`);
		};

		seek().catch((error: unknown) => {
			if (!abort.signal.aborted) {
				say(describeFailure(error), 'failure');
			}
		}).finally(() => {
			if (seeking.current === abort) {
				seeking.current = null;
				setSeeking(false);
			}
		});
	};

	const move = (by: number) => () => {
		dispatch({type: 'move', by, length});
	};

	const page = (screens: number) => () => {
		dispatch({type: 'page', screens, length});
	};

	const toColumn = (by: number) => () => {
		dispatch({type: 'column', by});
	};

	const step = (isBackwards: boolean) => ({
		run() {
			find(match, window.cursor + (isBackwards ? -1 : 1), isBackwards);
		},
		disabledReason: match === '' ? 'search with / first' : undefined,
	});

	const row = rowAt(window.cursor);
	const cell = row?.cells[state.column] ?? '';
	const terms = column === undefined || row === undefined || cell.length >= listedCharacters ? null : termsOfValue(column, cell);
	const noRow = row === undefined ? 'no row is shown' : undefined;
	useKeys('browse', {
		down: move(1),
		up: move(-1),
		left: toColumn(-1),
		right: toColumn(1),
		firstColumn: toColumn(-Infinity),
		lastColumn: toColumn(Infinity),
		first() {
			dispatch({type: 'go', row: 0, length});
		},
		last() {
			dispatch({type: 'go', row: length - 1, length});
		},
		halfDown: page(0.5),
		halfUp: page(-0.5),
		pageDown: page(1),
		pageUp: page(-1),
		search() {
			setOverlay({kind: 'search'});
		},
		nextMatch: step(false),
		previousMatch: step(true),
		filter() {
			setOverlay({kind: 'filter'});
		},
		sortAscending() {
			dispatch({type: 'sort', isDescending: false});
		},
		sortDescending() {
			dispatch({type: 'sort', isDescending: true});
		},
		hide() {
			dispatch({type: 'hide'});
		},
		showAll() {
			dispatch({type: 'showAll'});
		},
		widen() {
			dispatch({type: 'widen', by: widenBy});
		},
		narrow() {
			dispatch({type: 'widen', by: -widenBy});
		},
		filterByValue: {
			run() {
				const parsed = parseColumnQuery(view.query, columns);
				let query = parsed.ok ? parsed.query : [];
				for (const term of terms ?? []) {
					query = withTerm(query, term);
				}

				dispatch({type: 'filter', query: printQuery(query)});
			},
			disabledReason: noRow ?? (terms === null ? `no filter says exactly this value${cell === '' ? ': it is empty' : ''}` : undefined),
		},
		open: {run: onOpen, disabledReason: noRow},
		save: {
			run() {
				setOverlay({kind: 'save'});
			},
			disabledReason: table === null ? 'the file is not open' : undefined,
		},
		close() {
			if (isSeeking) {
				seeking.current?.abort();
			} else {
				onClose();
			}
		},
	}, {isActive});

	return {isSeeking, find};
};
