import {type Field} from '../fields/field.ts';
import {type Filter} from '../query/filter.ts';
import {matches} from '../query/matches.ts';
import {type Outcome} from '../records.ts';
import {readInstant} from '../time/read-instant.ts';
import {type BrowseColumn} from './columns.ts';

const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;

/** A cell as the value of its field: a number where the field holds one, null where it is empty, else the text. */
export const valueOfCell = ({type, name}: Field, cell: string): string | number | null => {
	if (cell === '') {
		return null;
	}

	switch (type) {
		case 'instant': {
			return readInstant(cell) ?? cell;
		}

		case 'status': {
			// Some programs write 0 where no response came, and some exports a word for the outcome.
			const code = /^\s*\d+\s*$/.test(cell) ? Number(cell) : null;
			return code === 0 ? null : code;
		}

		case 'count':
		case 'bytes':
		case 'percent':
		case 'duration': {
			return plainNumber.test(cell.trim()) ? Number(cell) : cell;
		}

		default: {
			return name === 'outcome' ? cell.trim().toLowerCase() : cell;
		}
	}
};

/** Whether a call went well, out of its status alone: a code, a word, or nothing when no response came. */
export const outcomeOfStatus = (cell: string): Outcome => {
	const word = cell.trim().toLowerCase();
	if (word === 'success' || word === 'failure') {
		return word;
	}

	const code = Number(word);
	return code >= 100 && code < 400 ? 'success' : 'failure';
};

/** Whether the cells of a row pass. */
export type RowTest = {
	/** Indexes of the columns that it looks at. */
	readonly columns: readonly number[];
	/** `cells` by index; those of other columns need not be there. */
	readonly passes: (cells: readonly string[]) => boolean;
};

const isText = ({tests}: Filter[number]): boolean => tests.some(({kind}) => kind === 'contains');

/** A filter as a test of cells. Text is searched in the cells as they are, all else compares values. */
export const testOfFilter = (filter: Filter, columns: readonly BrowseColumn[]): RowTest => {
	const named = new Map(columns.map(column => [column.field.name, column]));
	const status = columns.find(({field}) => field.type === 'status');
	const used = new Set<BrowseColumn>();
	let isOutcomeDerived = false;
	for (const {fields} of filter) {
		for (const name of fields) {
			const column = named.get(name) ?? (name === 'outcome' ? status : undefined);
			isOutcomeDerived ||= name === 'outcome' && column === status;
			if (column !== undefined) {
				used.add(column);
			}
		}
	}

	const texts = filter.filter(isText);
	const values = filter.filter(condition => !isText(condition));
	return {
		columns: [...used].map(({index}) => index).sort((one, other) => one - other),
		passes(cells) {
			const textOf: Record<string, unknown> = {};
			const valueOf: Record<string, unknown> = {};
			for (const {index, field} of used) {
				const cell = cells[index] ?? '';
				textOf[field.name] = cell;
				if (values.length > 0) {
					valueOf[field.name] = valueOfCell(field, cell);
				}
			}

			if (isOutcomeDerived && status !== undefined) {
				valueOf['outcome'] = outcomeOfStatus(cells[status.index] ?? '');
			}

			return matches(values, valueOf) && matches(texts, textOf);
		},
	};
};
