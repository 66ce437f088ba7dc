/** What holds for one connection only (RFC 9110, 7.6.1), and so is not passed on. */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'transfer-encoding', 'upgrade', 'http2-settings']);

/** Names that a Connection header gives to this hop alone. */
const namedByConnection = (raw: readonly string[]): ReadonlySet<string> => {
	const names = new Set<string>();
	for (let index = 0; index < raw.length; index += 2) {
		if (raw[index]?.toLowerCase() === 'connection') {
			for (const name of (raw[index + 1] ?? '').split(',')) names.add(name.trim().toLowerCase());
		}
	}

	return names;
};

/** A flat list of names and values without those of this hop, without those of `leftOut`, in their order and case. */
export const endToEnd = (raw: readonly string[], leftOut: ReadonlySet<string>): string[] => {
	const named = namedByConnection(raw);
	const passed: string[] = [];
	for (let index = 0; index + 1 < raw.length; index += 2) {
		const lower = (raw[index] ?? '').toLowerCase();
		if (!hopByHop.has(lower) && !named.has(lower) && !leftOut.has(lower) && !lower.startsWith(':')) passed.push(raw[index] ?? '', raw[index + 1] ?? '');
	}

	return passed;
};

/** Whether the client asks for another protocol on this connection, such as a WebSocket. */
export const upgradeOf = (raw: readonly string[]): string | null => {
	for (let index = 0; index + 1 < raw.length; index += 2) {
		if (raw[index]?.toLowerCase() === 'upgrade' && namedByConnection(raw).has('upgrade')) return raw[index + 1] ?? null;
	}

	return null;
};

/** The response headers of undici, whose form depends on the protocol, as a flat list. */
export const flatHeaders = (headers: unknown): readonly string[] => {
	if (Array.isArray(headers)) return (headers as ReadonlyArray<string | Buffer>).map(part => typeof part === 'string' ? part : part.toString('latin1'));
	return Object.entries((headers ?? {}) as Readonly<Record<string, string | readonly string[] | undefined>>).flatMap(([name, value]) =>
		value === undefined ? [] : [value].flat().flatMap(one => [name, one]));
};
