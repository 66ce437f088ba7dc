import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {readSettings, setSetting} from '../services/project-settings.ts';
import {loadSample} from '../services/sample/load-sample.ts';
import {readFingerprintKey} from '../store/fingerprint-key.ts';
import {defaultStoreUrl} from '../store/data-directory.ts';
import {openStore} from '../store/open-store.ts';

export type DemoStore = {
	/** The environment with a data directory of its own. */
	readonly environment: NodeJS.ProcessEnv;
	/** Removes it. */
	readonly remove: () => void;
};

/** A temporary data directory whose store holds the sample project as of now. Throws a `Fault` when it cannot be made. */
export const makeDemoStore = async (environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<DemoStore> => {
	const home = mkdtempSync(path.join(tmpdir(), 'auditty-demo-'));
	const remove = (): void => {
		// A process of the demo's process may write its last while this goes on.
		rmSync(home, {recursive: true, force: true, maxRetries: 10, retryDelay: 20});
	};

	try {
		const store = await openStore({url: defaultStoreUrl(home), isReadOnly: false});
		try {
			// As any import: the sample has (invented) secrets in it, so that there is something to redact.
			const redaction = {fingerprintKey: readFingerprintKey(home), extraKeys: []};
			await loadSample({store, now: () => Date.now(), redaction, signal});
			const {projectName} = await readSettings(store);
			await setSetting(store, {key: 'project.name', value: `${projectName ?? 'shop'}, demo`});
		} finally {
			await store.close();
		}

		signal.throwIfAborted();
		return {environment: {...environment, AUDITTY_HOME: home, AUDITTY_DB: undefined, AUDITTY_DB_TOKEN: undefined}, remove};
	} catch (error) {
		remove();
		throw error;
	}
};
