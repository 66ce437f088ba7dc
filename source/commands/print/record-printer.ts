import {type AnySummary, type Tab} from '../../domain/records.ts';
import {type Holds} from '../../domain/webhooks/hold.ts';
import {type Settings} from '../../services/services.ts';
import {type Output} from '../output.ts';

/** Prints records as they are given. */
export type RecordPrinter = {
	/** Whether it prints whole records rather than summaries. */
	readonly needsContent: boolean;
	/** Resolves when the output takes more. */
	readonly print: (records: readonly AnySummary[]) => Promise<void>;
	/** Resolves when all is written. */
	readonly end: () => Promise<void>;
};

export type PrinterOptions = {
	readonly tab: Tab;
	readonly settings: Settings;
	readonly output: Output;
	/** CSV cells as they are. */
	readonly isRaw: boolean;
	/** Endpoints that get nothing just now; asked where sendouts wait. */
	readonly readHolds?: () => Promise<Holds>;
};

/** Loads only the printer that is asked for. */
export const createPrinter = async (format: 'json' | 'csv' | 'plain', options: PrinterOptions): Promise<RecordPrinter> => {
	switch (format) {
		case 'json': {
			return (await import('./json-printer.ts')).createJsonPrinter(options);
		}

		case 'csv': {
			return (await import('./csv-printer.ts')).createCsvPrinter(options);
		}

		case 'plain': {
			return (await import('./plain-printer.ts')).createPlainPrinter(options);
		}
	}
};
