import {requireCredentials} from '../../services/pull/credentials.ts';
import {fetchExport} from '../../services/pull/fetch-export.ts';
import {projectAddress} from '../../services/pull/project-address.ts';
import {readSettings} from '../../services/project-settings.ts';
import {type ServiceContext} from '../../services/service-context.ts';
import {readFingerprintKey} from '../../store/fingerprint-key.ts';

/** What fetches files of the project's exports when they are wanted, for `ServiceContext`. */
export const exportFetcher = (context: Omit<ServiceContext, 'fetchExport'>): NonNullable<ServiceContext['fetchExport']> =>
	async (id, signal = new AbortController().signal) => {
		const {store, dataDirectory, now, environment = {}} = context;
		const credentials = requireCredentials(environment, dataDirectory);
		const {all, redactKeys} = await readSettings(store);
		const address = projectAddress(all, environment);
		const [{createVoucherifyApi}, {redactCsv}] = await Promise.all([import('./create-voucherify-api.ts'), import('./redact-csv.ts')]);
		const api = createVoucherifyApi({address, credentials, now});
		try {
			const redaction = {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys};
			await fetchExport(context, {id, api, signal, readFile: async (url, within, onRow) => redactCsv(await api.download(url, within), redaction, onRow)});
		} finally {
			await api.close();
		}
	};
