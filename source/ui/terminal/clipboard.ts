/** What terminals take in one OSC 52: 100,000 bytes of sequence in xterm's way of counting, less its frame; in encoded bytes. */
export const mostEncodedBytes = 74_994;

/** Bytes of one DCS that screen passes on whole. */
const screenChunk = 240;

const escape = '\u001B';

/**
 * The sequence that puts a text into the clipboard of the person's own terminal, through tmux or screen and over SSH; null when it
 * is too large. Whether the terminal obeys cannot be known.
 */
export const clipboardSequence = (text: string, environment: Readonly<Record<string, string | undefined>>): string | null => {
	const encoded = Buffer.from(text.toWellFormed(), 'utf8').toString('base64');
	if (encoded.length > mostEncodedBytes) {
		return null;
	}

	const sequence = `${escape}]52;c;${encoded}\u0007`;
	if ((environment['TMUX'] ?? '') !== '') {
		// tmux takes the plain one with `set-clipboard on`, and passes the wrapped one on with `allow-passthrough on`.
		return `${sequence}${escape}Ptmux;${sequence.replaceAll(escape, escape + escape)}${escape}\\`;
	}

	if ((environment['STY'] ?? '') !== '' || (environment['TERM'] ?? '').startsWith('screen')) {
		const chunks = sequence.match(new RegExp(`[^]{1,${screenChunk}}`, 'g')) ?? [];
		return chunks.map(chunk => `${escape}P${chunk}${escape}\\`).join('');
	}

	return sequence;
};
