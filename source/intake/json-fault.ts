/** Why a text is not JSON, without its content: the engine's own message quotes it, and it may hold a secret. */
export const jsonFault = (error: unknown): string => {
	const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
	return position === undefined ? 'it is not valid JSON' : `it is not valid JSON (at character ${Number(position) + 1})`;
};
