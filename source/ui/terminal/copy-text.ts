import {makeSafe} from '../../domain/text/make-safe.ts';
import {formatBytes} from '../../domain/text/format-number.ts';
import {type Surroundings} from '../services-context.ts';
import {clipboardSequence} from './clipboard.ts';
import {writePrivateFile} from './private-file.ts';

export type CopiedText = {
	/** What it is: `response body`. */
	readonly what: string;
	readonly text: string;
	/** For the file, where one is needed. */
	readonly name: string;
	readonly suffix: string;
};

/**
 * Sends a text to the terminal's clipboard; what is too large for that goes into a private file. Says what was done: that it arrived
 * cannot be known. Resolves when it is done; never rejects.
 */
export const copyText = async ({what, text, name, suffix}: CopiedText, {environment, filesDirectory, say, writeToTerminal}: Pick<Surroundings, 'environment' | 'filesDirectory' | 'say' | 'writeToTerminal'>): Promise<void> => {
	const size = formatBytes(Buffer.byteLength(text));
	const sequence = clipboardSequence(text, environment);
	if (sequence !== null) {
		writeToTerminal(sequence);
		say(`${what} sent to the terminal, ${size}`);
		return;
	}

	try {
		const file = await writePrivateFile(filesDirectory, {name, suffix, text});
		say(`${what} is too large for the clipboard (${size}): written to ${makeSafe(file)}`);
	} catch (error) {
		say(`${what} is too large for the clipboard (${size}) and could not be written to ${makeSafe(filesDirectory)}: ${makeSafe(error instanceof Error ? error.message : String(error))}`, 'failure');
	}
};
