import {type Column, type Field} from '../../../domain/fields/field.ts';

export type PlacedColumn = {readonly field: Field; readonly column: Column; readonly width: number};

/** Cells between two columns. */
export const columnGap = 2;

/**
 * The columns that fit into `width` cells: the most important ones first, shown in their order of place, with what is
 * left shared among those that grow. A column that does not fit leaves; one of lower importance may still fit.
 */
export const placeColumns = (fields: readonly Field[], width: number): readonly PlacedColumn[] => {
	const candidates = fields.flatMap((field, index) => field.column ? [{field, column: field.column, index}] : []);
	const byPriority = candidates.toSorted((one, other) => one.column.priority - other.column.priority || one.index - other.index);
	const chosen: typeof candidates = [];
	let used = -columnGap;
	for (const candidate of byPriority) {
		if (used + columnGap + candidate.column.width > width) {
			break;
		}

		used += columnGap + candidate.column.width;
		chosen.push(candidate);
	}

	const placeOf = ({column, index}: (typeof candidates)[number]) => column.place ?? index;
	const inOrder = chosen.toSorted((one, other) => placeOf(one) - placeOf(other));
	const shares = shareOut(width - used, inOrder.map(({column}) => column.grow ?? 0));
	return inOrder.map(({field, column}, index) => ({field, column, width: column.width + (shares[index] ?? 0)}));
};

/** No column grows beyond this: a line that is torn apart is hard to follow with the eye. */
const mostGrowth = 18;

const shareOut = (spare: number, weights: readonly number[]): readonly number[] => {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	if (total === 0 || spare <= 0) {
		return weights.map(() => 0);
	}

	return weights.map(weight => Math.min(mostGrowth, Math.floor((spare * weight) / total)));
};
