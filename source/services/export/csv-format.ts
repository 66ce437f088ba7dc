import {type Options} from 'csv-stringify';

/** Options of csv-stringify for RFC 4180 with a heading line, rows being arrays of cells. It quotes a lone LF or CR too. */
export const csvFormat = (columns: readonly string[], {hasHeading = true}: {readonly hasHeading?: boolean} = {}): Options => ({
	header: hasHeading,
	columns: [...columns],
	record_delimiter: 'windows',
	// A row that is one empty cell would otherwise be an empty line, which most readers skip.
	quoted_empty: columns.length === 1,
});
