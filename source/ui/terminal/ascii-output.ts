const replacements: Readonly<Record<string, string>> = {'…': '~', '·': '|', '’': '\'', '–': '-', '✗': 'x'};

/**
 * Signs that stand in texts of ours (hints, titles, what Ink ends a cut line with), as ASCII: one cell for one cell. They
 * are replaced in data too; what else is not ASCII comes from data, and stays what it is.
 */
const inAscii = (text: string): string => text.replaceAll(/[…·’–✗]/g, sign => replacements[sign] ?? sign);

/** The stream for a terminal that shows no more than ASCII. */
export const asciiOutput = (stream: NodeJS.WriteStream): NodeJS.WriteStream => new Proxy(stream, {
	get(target, name) {
		if (name === 'write') {
			return (chunk: string | Uint8Array, ...rest: never[]) => target.write(typeof chunk === 'string' ? inAscii(chunk) : chunk, ...rest);
		}

		const value: unknown = Reflect.get(target, name, target);
		return typeof value === 'function' ? value.bind(target) as unknown : value;
	},
});
