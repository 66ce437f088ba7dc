import {type TreeRow} from './tree-row.ts';
import {nodeRows} from './tree-rows.ts';
import {placeOf, type TreeState, type TreeView} from './tree-model.ts';

const rowCount = (state: TreeState, place: number, view: TreeView): number =>
	view.isWrapped ? nodeRows(state, state.visible[place]!, view).length : 1;

/** Exactly the rows that fit, from the first on the screen. */
export const windowRows = (state: TreeState, view: TreeView): readonly TreeRow[] => {
	const {top, topRow, visible} = keepCursorVisible(state, view);
	const rows: TreeRow[] = [];
	for (let place = top; place < visible.length && rows.length < view.height; place++) {
		const own = nodeRows(state, visible[place]!, view);
		rows.push(...(place === top ? own.slice(topRow) : own));
	}

	return rows.slice(0, view.height);
};

/** Moves the first line on the screen so that the cursor's is there; by half a screen, so that few keys scroll. */
export const keepCursorVisible = (state: TreeState, view: TreeView): TreeState => {
	const place = placeOf(state.visible, state.cursor);
	const height = Math.max(1, view.height);
	if (!view.isWrapped) {
		const lowest = Math.max(0, state.visible.length - height);
		const top = place < state.top ? place - Math.floor(height / 2) + 1 : (place >= state.top + height ? place - Math.ceil(height / 2) : state.top);
		const next = Math.max(0, Math.min(top, lowest, place));
		const shown = place >= next + height ? place - height + 1 : next;
		return shown === state.top && state.topRow === 0 ? state : {...state, top: shown, topRow: 0};
	}

	const matchRow = rowOfMatch(state, view);
	const rows = rowCount(state, place, view);
	if (place < state.top || (place === state.top && (matchRow ?? rows) < state.topRow)) {
		return {...state, top: place, topRow: matchRow === null ? 0 : Math.max(0, matchRow - Math.floor(height / 2))};
	}

	// Rows from the top of the screen to the end of the cursor's line, or to the match in it.
	let used = place === state.top ? Math.min(matchRow ?? 0, height) - state.topRow : -state.topRow;
	if (place === state.top && (matchRow === null || matchRow - state.topRow < height)) {
		return state.topRow < rows ? state : {...state, topRow: 0};
	}

	for (let at = state.top; at < place && used <= height; at++) {
		used += rowCount(state, at, view);
	}

	const needed = matchRow === null ? Math.min(rows, height) : matchRow + 1;
	if (used >= 0 && used + needed <= height) {
		return state;
	}

	if (matchRow !== null && matchRow >= height) {
		return {...state, top: place, topRow: Math.max(0, matchRow - Math.floor(height / 2))};
	}

	let top = place;
	let room = height - Math.min(rows, height);
	while (top > 0 && room - rowCount(state, top - 1, view) >= 0) {
		top--;
		room -= rowCount(state, top, view);
	}

	return {...state, top, topRow: 0};
};

const rowOfMatch = (state: TreeState, view: TreeView): number | null => {
	const match = state.matches[state.match];
	if (match?.index !== state.cursor || match.part !== 'value') {
		return null;
	}

	const row = nodeRows(state, state.cursor, view).findIndex(({holdsMatch}) => holdsMatch);
	return row < 0 ? null : row;
};

/** A wrapped value that is higher than the pane is scrolled through before the cursor leaves it; null when there is nothing to scroll. */
export const scrollRows = (state: TreeState, by: number, view: TreeView): TreeState | null => {
	if (!view.isWrapped) {
		return null;
	}

	const placed = keepCursorVisible(state, view);
	const place = placeOf(placed.visible, placed.cursor);
	const rows = rowCount(placed, place, view);
	if (placed.top !== place || rows <= view.height) {
		return null;
	}

	const topRow = Math.max(0, Math.min(rows - view.height, placed.topRow + by));
	return topRow === placed.topRow ? null : {...placed, topRow, match: -1};
};
