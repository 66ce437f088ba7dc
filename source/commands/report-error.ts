import {Fault} from '../domain/fault.ts';
import {makeSafe} from '../domain/text/make-safe.ts';

/** `auditty: what is wrong, and what to do`: one line; a fault of auditty's own also shows its place under AUDITTY_DEBUG. */
export const reportError = (error: unknown, environment: NodeJS.ProcessEnv): string => {
	if (error instanceof Fault) {
		return `auditty: ${makeSafe(error.remedy === undefined ? error.message : `${error.message}, ${error.remedy}`)}\n`;
	}

	const message = error instanceof Error ? error.message : String(error);
	const line = `auditty: ${makeSafe(message)}, which auditty did not expect: report it with the output under AUDITTY_DEBUG=1\n`;
	const stack = error instanceof Error && environment['AUDITTY_DEBUG'] ? error.stack ?? '' : '';
	return line + stack.split('\n').map(text => text === '' ? '' : `${makeSafe(text)}\n`).join('');
};
