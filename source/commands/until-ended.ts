import {makeSafe} from '../domain/text/make-safe.ts';
import {type CommandContext} from './command-context.ts';

/** Resolves when the command is asked to end. */
export const untilEnded = async (signal: AbortSignal): Promise<void> => {
	if (!signal.aborted) {
		await new Promise<void>(resolve => {
			signal.addEventListener('abort', () => resolve(), {once: true});
		});
	}
};

/** Tells a person something while a command goes on; a reader that is gone is no reason to stop. */
export const createTelling = ({errors}: CommandContext): ((text: string) => void) => text => {
	void errors.write(`auditty: ${makeSafe(text)}\n`).catch(() => undefined);
};
