import {defaultExportFields, exportableFields} from '../../../domain/fields/exportable.ts';
import {type Tab} from '../../../domain/records.ts';

/** What an export will hold. */
export type ExportDialogState = {
	/** 0 is the order, 1 how formulas are written, then the columns. */
	readonly cursor: number;
	readonly order: 'created_at' | '-created_at';
	readonly isRaw: boolean;
	/** Names of all that can be exported, in the order of the columns. */
	readonly offered: readonly string[];
	readonly chosen: ReadonlySet<string>;
};

export type ExportDialogAction =
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'toggle'}
	| {readonly type: 'choose'; readonly which: 'all' | 'default' | 'none'};

/** Rows before the first column. */
export const optionRows = 2;

/** `remembered` are the columns chosen last time. */
export const exportDialogOf = (tab: Tab, remembered: readonly string[] | undefined): ExportDialogState => {
	const offered = exportableFields(tab);
	const known = remembered?.filter(name => offered.includes(name)) ?? [];
	return {cursor: 0, order: '-created_at', isRaw: false, offered, chosen: new Set(known.length > 0 ? known : defaultExportFields(tab))};
};

export const createExportDialogReducer = (tab: Tab) => (state: ExportDialogState, action: ExportDialogAction): ExportDialogState => {
	switch (action.type) {
		case 'move': {
			const count = optionRows + state.offered.length;
			return {...state, cursor: (state.cursor + action.by + count) % count};
		}

		case 'toggle': {
			if (state.cursor === 0) {
				return {...state, order: state.order === 'created_at' ? '-created_at' : 'created_at'};
			}

			if (state.cursor === 1) {
				return {...state, isRaw: !state.isRaw};
			}

			const name = state.offered[state.cursor - optionRows] ?? '';
			const chosen = new Set(state.chosen);
			if (!chosen.delete(name)) {
				chosen.add(name);
			}

			return {...state, chosen};
		}

		case 'choose': {
			return {...state, chosen: new Set(action.which === 'all' ? state.offered : (action.which === 'default' ? defaultExportFields(tab) : []))};
		}
	}
};

/** Chosen columns in the order in which they are offered. */
export const chosenFields = ({offered, chosen}: ExportDialogState): readonly string[] => offered.filter(name => chosen.has(name));
