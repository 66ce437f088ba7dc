import {type Column, type Field} from '../../../domain/fields/field.ts';

export type PlacedColumn = {readonly field: Field; readonly column: Column; readonly width: number};

/** Cells between two columns. */
export const columnGap = 2;

/** Columns up to this priority come in at their least width; further ones only beside columns that have their ideal one. */
const lastEssential = 6;

/**
 * The columns that fit into `width` cells: the most important ones first, shown in their order of place. What is left over
 * widens them towards their ideal width, the most important first.
 */
export const placeColumns = (fields: readonly Field[], width: number): readonly PlacedColumn[] => {
	const candidates = fields.flatMap((field, index) => field.column ? [{field, column: field.column, index}] : []);
	const byPriority = candidates.toSorted((one, other) => one.column.priority - other.column.priority || one.index - other.index);
	const chosen: Array<{readonly field: Field; readonly column: Column; readonly index: number; cells: number}> = [];
	for (const candidate of byPriority) {
		const least = chosen.reduce((sum, {column}) => sum + columnGap + (candidate.column.priority > lastEssential ? idealOf(column) : column.width), 0);
		if (least + candidate.column.width > width) {
			break;
		}

		chosen.push({...candidate, cells: candidate.column.width});
	}

	let spare = width - chosen.reduce((sum, {cells}) => sum + columnGap + cells, -columnGap);
	for (const place of chosen) {
		const more = Math.max(0, Math.min(spare, idealOf(place.column) - place.cells));
		place.cells += more;
		spare -= more;
	}

	const placeOf = ({column, index}: (typeof chosen)[number]) => column.place ?? index;
	return chosen
		.toSorted((one, other) => placeOf(one) - placeOf(other))
		.map(({field, column, cells}) => ({field, column, width: cells}));
};

const idealOf = ({width, idealWidth}: Column): number => idealWidth ?? width;
