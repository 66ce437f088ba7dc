import {parseQuery} from '../../../domain/query/parse-query.ts';
import {shiftDays} from '../../../domain/query/shift-days.ts';
import {type Tab} from '../../../domain/records.ts';
import {type Position, type Row} from '../../../services/services.ts';
import {type Handlers} from '../../keymap/binding.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {type Overlay} from './list-props.ts';
import {currentRow, type Anchor, type ListState} from './list-state.ts';
import {editQueryText, failureQueryOf, searchQuery, toggleFailures, withoutEnd} from './query-edits.ts';
import {type ListAction} from './reduce-list.ts';
import {type Seek} from './use-seek.ts';

export type ListControl<T extends Tab = Tab> = {
	readonly tab: T;
	readonly state: ListState<T>;
	readonly dispatch: (action: ListAction<T>) => void;
	readonly seek: Seek;
	/** Text of the last search; empty when there is none. */
	readonly match: string;
	readonly setMatch: (match: string) => void;
	readonly setQuery: (query: string, anchor?: Anchor) => void;
	readonly overlay: Overlay;
	readonly setOverlay: (overlay: Overlay) => void;
	readonly open: () => void;
	readonly toggleTimeline: () => void;
	readonly projectZone: string;
};

/** Puts the cursor on a record, loading the list around it where it is not loaded. */
export const jumpTo = <T extends Tab>({state, dispatch}: Pick<ListControl<T>, 'state' | 'dispatch'>, position: Position): void => {
	const index = state.rows.findIndex(row => row.position.seq === position.seq);
	dispatch(index === -1 ? {type: 'reload', anchor: position} : {type: 'go', index});
};

/** Goes to the nearest record that also matches `and`; false when there is none. */
export const seekFrom = async <T extends Tab>(control: ListControl<T>, and: string, direction: 'older' | 'newer'): Promise<boolean> => {
	const {tab, state, seek} = control;
	const from = currentRow(state)?.position;
	const row: Row<T> | null = await seek.find<T>({tab, query: state.listing.query, and, direction, ...(from ? {from} : {})});
	if (row) {
		jumpTo(control, row.position);
	}

	return row !== null;
};

/** The keys of context `list`. */
export const useListKeys = <T extends Tab>(control: ListControl<T>, isActive: boolean, more: Handlers): void => {
	const {say, now} = useSurroundings();
	const {tab, state, dispatch, seek, match, setMatch, setQuery, setOverlay, projectZone} = control;
	const row = currentRow(state);
	const {query} = state.listing;
	const noRow = row ? undefined : 'no record is listed';

	const overlay = (kind: 'search' | 'editQuery' | 'form' | 'timePresets' | 'views' | 'copy' | 'related') => () => {
		setOverlay({kind});
	};

	const seekFailure = (direction: 'older' | 'newer') => () => {
		void seekFrom(control, failureQueryOf(tab), direction).then(isFound => {
			if (!isFound && !seek.isSeeking) {
				say(direction === 'older' ? 'no failure further down' : 'no failure further up');
			}
		});
	};

	const seekMatch = (direction: 'older' | 'newer') => ({
		run() {
			void seekFrom(control, searchQuery(match), direction).then(isFound => {
				if (!isFound) {
					say(`nothing more with "${match}"`);
				}
			});
		},
		disabledReason: match === '' ? 'search with / first' : undefined,
	});

	const shift = (days: number) => () => {
		const shifted = editQueryText(tab, query, terms => shiftDays(terms, days, {now: now(), timezone: projectZone}));
		setQuery(shifted);
	};

	const isBegun = state.listing.kind === 'around' || seek.isSeeking || state.older.isLoading || state.newer.isLoading;
	const back = () => {
		if (seek.isSeeking) {
			seek.stop();
		} else if (state.listing.kind === 'around' && !state.older.isLoading && !state.newer.isLoading) {
			setQuery(state.listing.returnTo, state.listing.center.position);
		} else {
			dispatch({type: 'stop'});
		}
	};

	// Not by q, which quits: marks are kept for the next time.
	const clear = () => {
		if (isBegun) {
			back();
		} else if (match === '') {
			dispatch({type: 'unmarkAll'});
		} else {
			setMatch('');
		}
	};

	useKeys('list', {
		down() {
			dispatch({type: 'move', by: 1});
		},
		up() {
			dispatch({type: 'move', by: -1});
		},
		first() {
			if (state.newer.next !== null || state.anchor !== 'newest' || state.isBehind) {
				dispatch({type: 'reload', anchor: 'newest'});
			} else {
				dispatch({type: 'showFresh'});
				dispatch({type: 'go', index: 0});
			}
		},
		last() {
			if (state.older.next === null && !state.older.isLoading) {
				// Rows may have come in since this was drawn: the last one then is meant.
				dispatch({type: 'go', index: Number.MAX_SAFE_INTEGER});
			} else {
				dispatch({type: 'reload', anchor: 'oldest'});
			}
		},
		halfDown() {
			dispatch({type: 'page', screens: 0.5});
		},
		halfUp() {
			dispatch({type: 'page', screens: -0.5});
		},
		pageDown() {
			dispatch({type: 'page', screens: 1});
		},
		pageUp() {
			dispatch({type: 'page', screens: -1});
		},
		nextFailure: seekFailure('older'),
		previousFailure: seekFailure('newer'),
		dayOn: shift(1),
		dayBack: shift(-1),
		search: overlay('search'),
		nextMatch: seekMatch('older'),
		previousMatch: seekMatch('newer'),
		filter: overlay('form'),
		editQuery: overlay('editQuery'),
		failures() {
			// The cursor stays where it is in time.
			setQuery(toggleFailures(tab, query), state.window.cursor === 0 ? 'newest' : row?.position);
		},
		timePresets: overlay('timePresets'),
		views: overlay('views'),
		timeline: control.toggleTimeline,
		group() {
			setOverlay({kind: 'group', key: null});
		},
		around: {
			run() {
				if (row) {
					dispatch({type: 'list', listing: {kind: 'around', query: '', center: row, returnTo: query}, anchor: row.position});
				}
			},
			disabledReason: noRow,
		},
		dropTerm() {
			setQuery(editQueryText(tab, query, terms => terms.slice(0, -1)));
		},
		open: {run: control.open, disabledReason: noRow},
		follow() {
			if (state.isFollowing) {
				dispatch({type: 'follow', isFollowing: false});
				return;
			}

			const open = withoutEnd(tab, query);
			if (open === query) {
				dispatch({type: 'reload', anchor: 'newest'});
			} else {
				setQuery(open);
				say('until: is dropped, since nothing new comes in before it');
			}

			dispatch({type: 'follow', isFollowing: true});
		},
		mark: {
			run() {
				dispatch({type: 'mark'});
			},
			disabledReason: noRow,
		},
		copy: {run: overlay('copy'), disabledReason: noRow},
		related: {run: overlay('related'), disabledReason: noRow},
		back: isBegun ? back : undefined,
		clear: isBegun || match !== '' || state.marks.size > 0 ? clear : undefined,
		...more,
	}, {isActive});
};

/** Whether a query text can be run on the tab; its problem as one line otherwise. */
export const queryProblem = (tab: Tab, text: string): string | null => {
	const parsed = parseQuery(text, tab);
	return parsed.ok ? null : `${parsed.problem.message}, ${parsed.problem.remedy}`;
};

