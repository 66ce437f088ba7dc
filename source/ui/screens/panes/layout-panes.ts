/** Where request and response stand side by side: on screens from 120 columns, and beside the list on those from 180. */
const sideBySideWidth = {alone: 116, besideList: 94};
/** A first pane of few rows stands over the second one where that keeps at least so many. */
const leastBelow = 6;
/** Rows from which two panes are worth stacking; below that, the focused one has them all. */
const stackedHeight = 18;

export type PanePlace = {
	readonly pane: number;
	readonly width: number;
	/** Rows of the content, without the title. */
	readonly height: number;
};

export type PanesLayout = {
	readonly direction: 'row' | 'column';
	/** What is drawn; the focused pane is among them. */
	readonly places: readonly PanePlace[];
	/** Panes that are not drawn, named in the title line. */
	readonly others: readonly number[];
};

/**
 * The first two panes (request and response) stand side by side, or one over the other where there is height but no width,
 * or the focused one alone; a first one of few rows (`firstRows`: the attempts of a sendout) takes no more than these. The third and later (meta) take the place of both while they have the focus.
 */
export const layoutPanes = ({width, height, count, focus, isBeside = false, firstRows}: {readonly width: number; readonly height: number; readonly isBeside?: boolean; readonly firstRows?: number | undefined; readonly count: number; readonly focus: number}): PanesLayout => {
	const all = Array.from({length: count}, (_, index) => index);
	const isPair = count > 2 && focus < 2;
	const content = Math.max(0, height - 1);
	if (isPair && width >= (isBeside ? sideBySideWidth.besideList : sideBySideWidth.alone)) {
		const left = Math.floor(width / 2);
		return {direction: 'row', places: [{pane: 0, width: left, height: content}, {pane: 1, width: width - left, height: content}], others: all.slice(2)};
	}

	if (isPair && firstRows !== undefined && firstRows + 1 + leastBelow <= height) {
		return {direction: 'column', places: [{pane: 0, width, height: firstRows}, {pane: 1, width, height: height - firstRows - 2}], others: all.slice(2)};
	}

	if (isPair && height >= stackedHeight) {
		const upper = Math.floor(height / 2);
		return {direction: 'column', places: [{pane: 0, width, height: upper - 1}, {pane: 1, width, height: height - upper - 1}], others: all.slice(2)};
	}

	return {direction: 'column', places: [{pane: focus, width, height: content}], others: all.filter(index => index !== focus)};
};
