/**
 * Terminals disagree on how wide newer emoji and joined ones are. With automatic wrapping off, a line that turns out wider than
 * counted is clipped at the right edge; with it on, it wraps, and the whole frame moves up by a line. On again for other programs.
 */
export const autoWrapOff = '\u001B[?7l';
export const autoWrapOn = '\u001B[?7h';

/** Other programs, and text that is printed, expect it on. */
export const withAutoWrap = async (writeToTerminal: (data: string) => void, run: () => Promise<void>): Promise<void> => {
	writeToTerminal(autoWrapOn);
	try {
		await run();
	} finally {
		writeToTerminal(autoWrapOff);
	}
};
