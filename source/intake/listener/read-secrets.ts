import {readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {Fault, UsageFault} from '../../domain/fault.ts';

const readFile = (file: string): string => {
	try {
		const {mode} = statSync(file);
		if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
			throw new Fault(`others can read the secret in ${file}`, {remedy: `run chmod 600 ${file}`});
		}

		return readFileSync(file, 'utf8');
	} catch (error) {
		if (error instanceof Fault) throw error;
		throw new Fault(`the secret in ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`, {remedy: 'see auditty settings listen.secret_file', cause: error});
	}
};

/**
 * The secrets that webhooks may be signed with: of AUDITTY_WEBHOOK_SECRET, else of the file that the setting names, one a
 * line, so that an old one holds while it is changed. Throws a `Fault` for a file that others can read, a `UsageFault`
 * when there is none.
 */
export const readSecrets = ({environment, file}: {readonly environment: NodeJS.ProcessEnv; readonly file: string | null}): readonly string[] => {
	const given = environment['AUDITTY_WEBHOOK_SECRET'];
	if (given !== undefined && given !== '') return [given];
	const secrets = file === null ? [] : readFile(path.resolve(file)).split(/\r?\n/).filter(line => line !== '');
	if (secrets.length === 0) {
		throw new UsageFault('there is no secret to verify webhooks with', {
			remedy: 'give it in AUDITTY_WEBHOOK_SECRET, or in a file of mode 0600 by auditty settings listen.secret_file PATH; --unverified takes webhooks from anyone',
		});
	}

	return secrets;
};
