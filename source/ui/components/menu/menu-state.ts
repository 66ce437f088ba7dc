import {makeSafe} from '../../../domain/text/make-safe.ts';

export type MenuItem = {
	readonly label: string;
	/** Second column, dim: what the item stands for, its key elsewhere, its value. */
	readonly hint?: string | undefined;
	/** One character that chooses the item at once; only in menus that are not filtered by typing. */
	readonly key?: string | undefined;
	/** Why it cannot be chosen now; shown in place of the hint. */
	readonly disabledReason?: string | undefined;
	readonly run: () => void;
};

export type MenuState = {
	/** Index among the items that the filter leaves. */
	readonly cursor: number;
	/** Index of the first row that is drawn. */
	readonly top: number;
	readonly filter: string;
};

export type MenuAction =
	| {readonly type: 'move'; readonly by: number; readonly isRound?: boolean}
	| {readonly type: 'filter'; readonly filter: string}
	| {readonly type: 'typed'; readonly text: string}
	| {readonly type: 'erased'; readonly what: 'character' | 'word' | 'all'};

export const initialMenuState = (cursor = 0): MenuState => ({cursor, top: 0, filter: ''});

/** Items whose label and hint hold every word of the filter, whatever its case. */
export const visibleItems = <Item extends Pick<MenuItem, 'label' | 'hint'>>(items: readonly Item[], filter: string): readonly Item[] => {
	const words = filter.toLowerCase().split(/\s+/).filter(word => word !== '');
	return words.length === 0 ? items : items.filter(({label, hint}) => {
		const text = `${label} ${hint ?? ''}`.toLowerCase();
		return words.every(word => text.includes(word));
	});
};

/** The state after an action; `count` says how many items a filter leaves, `rows` how many are drawn. */
export const reduceMenu = (state: MenuState, action: MenuAction, {count, rows}: {readonly count: (filter: string) => number; readonly rows: number}): MenuState => {
	switch (action.type) {
		case 'move': {
			const last = Math.max(0, count(state.filter) - 1);
			const wanted = Math.min(state.cursor, last) + action.by;
			const cursor = action.isRound === true && wanted < 0 ? last : (action.isRound === true && wanted > last ? 0 : Math.max(0, Math.min(last, wanted)));
			return keepVisible({...state, cursor}, rows);
		}

		case 'filter': {
			return action.filter === state.filter ? state : {cursor: 0, top: 0, filter: action.filter};
		}

		case 'typed': {
			return {cursor: 0, top: 0, filter: state.filter + makeSafe(action.text)};
		}

		case 'erased': {
			return {cursor: 0, top: 0, filter: erase(state.filter, action.what)};
		}
	}
};

const erase = (text: string, what: 'character' | 'word' | 'all'): string =>
	what === 'all' ? '' : (what === 'word' ? text.replace(/\S*\s*$/, '') : Array.from(text).slice(0, -1).join(''));

const keepVisible = (state: MenuState, rows: number): MenuState => {
	const top = Math.max(state.cursor - rows + 1, Math.min(state.top, state.cursor), 0);
	return top === state.top ? state : {...state, top};
};
