import {parse} from 'csv-parse/sync';
import {fieldsOfHeadings} from './headings.ts';

const delimiters = [',', ';', '\t', '|'];

/** The delimiter that makes the most known headings of the first line, and how many those are. */
export const findDelimiter = (firstLine: string): {readonly delimiter: string; readonly known: number} => {
	const candidates = delimiters.map(delimiter => {
		// A heading may hold a line break: what was cut off then stands in an open quote, and is passed over.
		const [headings = []] = parse(firstLine, {delimiter, relax_quotes: true, relax_column_count: true, skip_records_with_error: true});
		return {delimiter, known: fieldsOfHeadings(headings).filter(field => field !== null).length};
	});
	return candidates.reduce((best, next) => next.known > best.known ? next : best);
};
