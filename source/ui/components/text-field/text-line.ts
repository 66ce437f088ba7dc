import {cellWidth, cutCells} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Theme} from '../../theme.ts';
import {type TextState} from './text-state.ts';

/** The text in at most `width` cells with the cursor as an inverted cell; a longer text shows the part around the cursor. */
export const textLine = ({text, cursor}: TextState, width: number, theme: Theme, isFocused: boolean): string => {
	const left = makeSafe(text.slice(0, cursor));
	if (!isFocused) {
		return cutCells(makeSafe(text), width);
	}

	const [under = ' '] = Array.from(makeSafe(text.slice(cursor)) || ' ');
	const rest = makeSafe(text.slice(cursor)).slice(under.length);
	const room = Math.max(0, width - cellWidth(under));
	const shownLeft = lastCells(left, cellWidth(left) > room * 0.8 ? Math.floor(room * 0.6) : room);
	return shownLeft + theme.paint('selected', under) + cutCells(rest, Math.max(0, room - cellWidth(shownLeft)));
};

const lastCells = (text: string, width: number): string => {
	const total = cellWidth(text);
	return total <= width ? text : `…${text.slice(cutCells(text, total - width + 1).length)}`;
};
