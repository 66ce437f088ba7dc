/** A prefix and 18 hexadecimal digits, of which the upper 42 bits count milliseconds. */
const timedId = /\b([a-z]+_|[vw]-)([0-9a-f]{18})\b/g;
const instant = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z\b/g;

/**
 * Moves every instant in a text by so many milliseconds, and with it the time that IDs carry, so that IDs still agree
 * with dates, and references with what they name, wherever in the text they stand.
 */
export function moveInTime(text: string, byMs: number): string {
	const byIdUnits = BigInt(byMs) << 30n;
	return text
		.replaceAll(timedId, (_, prefix: string, digits: string) => prefix + (BigInt(`0x${digits}`) + byIdUnits).toString(16).padStart(18, '0'))
		.replaceAll(instant, found => new Date(Date.parse(found) + byMs).toISOString());
}
