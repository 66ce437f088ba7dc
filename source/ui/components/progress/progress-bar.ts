import {type Signs} from '../../theme.ts';

/** A bar of exactly `width` cells. `share` is 0-1. */
export const progressBar = (share: number, width: number, signs: Pick<Signs, 'full' | 'empty'>): string => {
	const filled = Math.max(0, Math.min(width, Math.round(share * width)));
	return signs.full.repeat(filled) + signs.empty.repeat(width - filled);
};
