import {importLogs, type ImportReport} from '../../services/import-logs.ts';
import {type LogSource} from '../../services/log-source.ts';
import {readSettings} from '../../services/project-settings.ts';
import {readFingerprintKey} from '../../store/fingerprint-key.ts';
import {openStore} from '../../store/open-store.ts';
import {type CommandContext} from '../command-context.ts';

export type ImportRun = {readonly report: ImportReport; readonly timezone: string; readonly taskId: string | null};

/** Opens the store and imports the source into it. */
export const runImport = async ({storeLocation, dataDirectory, now, signal}: CommandContext, source: LogSource, {onProgress}: {
	readonly onProgress: (report: ImportReport) => void;
}): Promise<ImportRun> => {
	const store = await openStore({...storeLocation, home: dataDirectory});
	try {
		const {redactKeys, timezone} = await readSettings(store);
		const redaction = {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys};
		const report = await importLogs({store, source, now, redaction, signal, onProgress});
		return {report, timezone, taskId: null};
	} finally {
		await store.close();
	}
};
