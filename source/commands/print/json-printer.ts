import {jsonText} from './json-text.ts';
import {printedRecord} from './printed-record.ts';
import {type PrinterOptions, type RecordPrinter} from './record-printer.ts';

/** One JSON object a line. */
export const createJsonPrinter = ({tab, output}: PrinterOptions): RecordPrinter => ({
	needsContent: true,
	print: async records => {
		if (records.length > 0) {
			await output.write(records.map(record => `${jsonText(printedRecord(record, tab))}\n`).join(''));
		}
	},
	end: () => Promise.resolve(),
});
