import {progressBar} from '../../ui/components/progress/progress-bar.ts';
import {type ProgressSigns} from './follow-progress.ts';

const barCells = 20;

/** A bar with what there is to say beside it, not wider than `columns`; without the bar where the share is not known. */
export const barLine = (share: number | null, given: readonly string[], {columns, signs}: {readonly columns: number; readonly signs: ProgressSigns}): string => {
	const parts = [...given];
	for (let width = barCells; ; width = 0) {
		const bar = share === null || width === 0 ? '' : `${progressBar(share, width, signs)} `;
		const text = bar + parts.join(` ${signs.separator} `);
		// A line that fills the last column would wrap, and the next one could not take its place.
		if (text.length < columns || parts.length === 1) return text.slice(0, columns - 1);
		if (width === 0) parts.pop();
	}
};
