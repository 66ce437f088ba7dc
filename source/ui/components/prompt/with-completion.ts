import {type Completion} from '../../../domain/query/complete-query.ts';

/** What all options begin with is put in; with one option, the whole of it. */
export const withCompletion = (text: string, {start, end, options}: Completion): {readonly text: string; readonly cursor: number} | null => {
	const [first] = options;
	if (first === undefined) {
		return null;
	}

	let common = first;
	for (const option of options) {
		while (!option.startsWith(common)) {
			common = common.slice(0, -1);
		}
	}

	return common.length <= end - start ? null : {text: text.slice(0, start) + common + text.slice(end), cursor: start + common.length};
};
