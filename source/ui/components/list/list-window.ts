/** Which rows of a list are on the screen, and which one the cursor is on. */
export type ListWindow = {
	readonly cursor: number;
	readonly top: number;
};

/**
 * Moves the cursor and, when it leaves the page, the page by half a screen: a one-line scroll would repaint every row,
 * a cursor that moves inside the page repaints two.
 */
export const moveTo = (window: ListWindow, cursor: number, height: number, length: number): ListWindow => {
	const target = Math.max(0, Math.min(cursor, length - 1));
	const half = Math.max(1, Math.floor(height / 2));
	const lastTop = Math.max(0, length - height);
	let {top} = window;
	if (target < top) {
		top = Math.min(target, Math.max(0, top - half));
	} else if (target >= top + height) {
		top = Math.max(target - height + 1, top + half);
	}

	top = Math.max(0, Math.min(top, lastTop));
	return target === window.cursor && top === window.top ? window : {cursor: target, top};
};

/** Turns a page: the cursor keeps its line on the screen where there are rows for it. */
export const turnPage = (window: ListWindow, rows: number, height: number, length: number): ListWindow => {
	const lastTop = Math.max(0, length - height);
	const cursor = Math.max(0, Math.min(window.cursor + rows, length - 1));
	const top = Math.max(0, Math.min(window.top + rows, lastTop));
	const inside = Math.max(top, Math.min(cursor, top + height - 1));
	return inside === window.cursor && top === window.top ? window : {cursor: inside, top};
};
