import path from 'node:path';
import {Readable} from 'node:stream';
import {prepareLog} from '../../domain/derive/prepare-log.ts';
import {Fault} from '../../domain/fault.ts';
import {type Redaction} from '../../domain/redaction/redaction.ts';
import {redactorOf} from '../../domain/redaction/redactor.ts';
import {readFault, stateOfReadable} from '../../intake/input/open-bytes.ts';
import {openLogSource} from '../../intake/open-log-source.ts';
import {fileContent, ownPieces} from '../../services/file-content.ts';
import {type ImportReport} from '../../services/import/import-report.ts';
import {type FileState} from '../../services/import/log-source.ts';
import {keepOriginal, type OriginalFile} from '../../services/originals/keep-original.ts';
import {originalsOf} from '../../services/originals/original-files.ts';
import {type SecretLedger} from '../../services/originals/secret-ledger.ts';
import {insertOriginal} from '../../store/originals/originals.ts';
import {type Statement, type Store} from '../../store/store.ts';
import {type TaskRun} from './task-handler.ts';

/** A plain file that the import opened in that state: what somebody wrote into it since, the import did not see. */
export const originalOfFile = (file: string, opened: FileState): OriginalFile => ({
	name: path.basename(file),
	async * read() {
		const requireSame = async (): Promise<void> => {
			const found = await stateOfReadable(file);
			if (found?.size !== opened.size || found.modified_at !== opened.modified_at) {
				throw new Fault('it was changed while it was imported');
			}
		};

		await requireSame();
		try {
			yield * fileContent(file);
		} catch (error) {
			throw readFault(file, error);
		}

		await requireSame();
	},
});

type Kept = {
	/** What the task's result says of it. */
	readonly result: Readonly<Record<string, unknown>>;
	readonly effects: readonly Statement[];
};

const notKept = (reason: string): Kept => ({result: {original: null, original_not_kept: reason}, effects: []});

/** As an import of the file would count them. */
const countSecrets = async (content: AsyncIterable<Buffer>, {format, now, redaction, signal}: {
	readonly format: ImportReport['format'];
	readonly now: () => number;
	readonly redaction: Redaction;
	readonly signal: AbortSignal;
}): Promise<number> => {
	const {items} = await openLogSource({from: {stream: Readable.from(ownPieces(content)), name: 'the copy'}, format, signal});
	let count = 0;
	for await (const batch of items) {
		for (const item of batch) {
			if (item.kind === 'log') {
				const prepared = prepareLog(item.log, {now: now(), redaction});
				count += prepared.ok ? prepared.secretsReplaced : 0;
			}
		}
	}

	return count;
};

/** Keeps the file of an import beside the store. What goes wrong with it is told in the result: the logs are in. */
export const keepImportOriginal = async ({store, now, dataDirectory, run, report, original, redaction, secrets, isResumed}: {
	readonly store: Store;
	readonly now: () => number;
	readonly dataDirectory: string;
	readonly run: TaskRun;
	readonly report: ImportReport;
	readonly original: OriginalFile;
	readonly redaction: Redaction;
	readonly secrets: SecretLedger;
	readonly isResumed: boolean;
}): Promise<Kept> => {
	const {signal, task} = run;
	const mayHoldSecrets = report.secrets_replaced > 0 || report.rejected > 0 || report.truncated !== null;
	const about = {format: report.format, now, signal};
	try {
		if (isResumed && mayHoldSecrets) {
			// Secrets are never written down: what earlier tries found is found once more.
			await countSecrets(original.read(), {...about, redaction: {...redaction, onSecret: secrets.add}});
		}

		const kept = await keepOriginal({
			directory: await originalsOf(store, dataDirectory), original, redactor: redactorOf(redaction), secrets, signal,
			format: report.format,
			mayHoldSecrets,
			countSecrets: async content => countSecrets(content, {...about, redaction}),
		});
		if (kept.kind === 'unsafe') {
			return notKept(kept.reason);
		}

		const {name, bytes, sha256, secretsReplaced} = kept.original;
		return {
			result: {original: {name, bytes, sha256, secrets_replaced: secretsReplaced}},
			effects: [insertOriginal(task.id, kept.original, Math.max(now(), report.newest ?? 0))],
		};
	} catch (error) {
		if (error instanceof Fault) {
			return notKept(error.message);
		}

		throw error;
	}
};
