import {type Options} from 'csv-stringify';

/** Options of csv-stringify for RFC 4180 with a heading line, rows being arrays of cells. */
export const csvFormat = (columns: readonly string[], {hasHeading = true}: {readonly hasHeading?: boolean} = {}): Options => ({
	header: hasHeading,
	columns: [...columns],
	record_delimiter: 'windows',
	// Without this a lone LF or CR stays unquoted when rows end in CRLF.
	quote_record_delimiter: true,
	// A row that is one empty cell would otherwise be an empty line, which most readers skip.
	quoted_empty: columns.length === 1,
});
