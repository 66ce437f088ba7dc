import {StringDecoder} from 'node:string_decoder';
import {UsageFault} from '../../domain/fault.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {type Download} from '../../services/services.ts';
import {type Output} from '../output.ts';

/** Nothing of a file reaches a terminal as it is: a cell can hold what the terminal takes for a command. */
const safeText = async function * (content: AsyncIterable<Buffer>): AsyncGenerator<string> {
	const decoder = new StringDecoder('utf8');
	let rest = '';
	for await (const chunk of content) {
		const lines = (rest + decoder.write(chunk)).split('\n');
		rest = lines.pop() ?? '';
		if (lines.length > 0) {
			yield lines.map(line => `${makeSafe(line.endsWith('\r') ? line.slice(0, -1) : line)}\n`).join('');
		}
	}

	const last = rest + decoder.end();
	if (last !== '') {
		yield `${makeSafe(last)}\n`;
	}
};

/** Throws a UsageFault when a file that is no text would go to a terminal. */
export const refuseBinary = ({isText, name}: Download, output: Output): void => {
	if (output.isTerminal && !isText) {
		throw new UsageFault(`${name} is compressed, and standard output is a terminal`, {remedy: 'give --output FILE'});
	}
};

/** Writes a file to standard output: byte for byte, or on a terminal in safe lines. */
export const sendFile = async (content: AsyncIterable<Buffer>, output: Output): Promise<void> => {
	for await (const piece of output.isTerminal ? safeText(content) : content) {
		await output.write(piece);
	}
};
