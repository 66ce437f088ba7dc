import {type ServiceContext} from '../../services/service-context.ts';

/** What fetches files of the project's exports when they are wanted, for `ServiceContext`. Loads what it needs only then. */
export const exportFetcher = (context: Omit<ServiceContext, 'fetchExport'>): NonNullable<ServiceContext['fetchExport']> =>
	async (id, signal = new AbortController().signal) => {
		const {store, dataDirectory, now, environment = {}} = context;
		const [{requireCredentials}, {projectAddress}, {readSettings}, {fetchExport}, {readFingerprintKey}, {createVoucherifyApi}, {redactCsv}] = await Promise.all([
			import('../../services/pull/credentials.ts'), import('../../services/pull/project-address.ts'), import('../../services/project-settings.ts'),
			import('../../services/pull/fetch-export.ts'), import('../../store/fingerprint-key.ts'), import('./create-voucherify-api.ts'), import('./redact-csv.ts'),
		]);
		const credentials = requireCredentials(environment, dataDirectory);
		const {all, redactKeys} = await readSettings(store);
		const api = createVoucherifyApi({address: projectAddress(all, environment), credentials, now});
		try {
			const redaction = {fingerprintKey: readFingerprintKey(dataDirectory), extraKeys: redactKeys};
			await fetchExport(context, {id, api, signal, readFile: async (url, within, onRow) => redactCsv(await api.download(url, within), redaction, onRow)});
		} finally {
			await api.close();
		}
	};
