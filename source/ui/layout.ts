/** Where the list and the detail stand. */
export type BodyPlace = {
	readonly bodyHeight: number;
	readonly listWidth: number;
	/** Rows of records; 0 when the detail covers the list. */
	readonly listHeight: number;
	readonly detailWidth: number;
	readonly detailHeight: number;
	readonly isBeside: boolean;
	readonly placement: 'below' | 'beside' | 'over';
};

/** The least that everything can be shown in. */
export const smallestScreen = {columns: 60, rows: 15} as const;

/**
 * The detail opens below the list; beside it from 180 columns, over it where the screen has fewer than 30 rows or when it is
 * zoomed. `bodyHeight` is what list and detail share.
 */
export const placeBody = ({width, bodyHeight, screenRows, isOpen, isZoomed}: {
	readonly width: number;
	readonly bodyHeight: number;
	readonly screenRows: number;
	readonly isOpen: boolean;
	readonly isZoomed: boolean;
}): BodyPlace => {
	const whole = {bodyHeight, listWidth: width, listHeight: Math.max(1, bodyHeight - 1), detailWidth: width, detailHeight: 0, isBeside: false, placement: 'below'} as const;
	if (!isOpen) {
		return whole;
	}

	if (isZoomed || screenRows < 30) {
		return {...whole, listHeight: 0, detailHeight: bodyHeight, placement: 'over'};
	}

	if (width >= 180) {
		const listWidth = Math.floor(width * 0.45);
		return {...whole, listWidth, detailWidth: width - listWidth, detailHeight: bodyHeight, isBeside: true, placement: 'beside'};
	}

	const listHeight = Math.max(5, Math.floor(bodyHeight * 0.3));
	return {...whole, listHeight, detailHeight: bodyHeight - listHeight - 1};
};
