import {type SentFault} from '../../domain/sent-fault.ts';
import {type Redaction} from '../../domain/redaction/redaction.ts';
import {type ImportResumption} from '../../services/import/import-report.ts';
import {type PreparedLogs} from '../../services/import/prepare-logs.ts';
import {type LogSource, type SourcePosition} from '../../services/import/log-source.ts';

/** What the thread begins with. */
export type IntakeOpening = {
	readonly path: string;
	readonly format: LogSource['format'];
	readonly after: SourcePosition | null;
	readonly resumption: ImportResumption | null;
	readonly redaction: Omit<Redaction, 'onSecret'> | null;
	readonly isRemote: boolean;
	/** Chunks that may wait to be stored. */
	readonly ahead: number;
};

/** One more chunk was stored. */
export type ToIntake = 'stored';

export type FromIntake =
	| {readonly kind: 'prepared'; readonly prepared: PreparedLogs; readonly secrets: ReadonlyArray<readonly [secret: string, mark: string]>}
	| {readonly kind: 'end'}
	| {readonly kind: 'failed'; readonly fault: SentFault};
