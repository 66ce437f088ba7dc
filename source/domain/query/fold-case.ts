/**
 * Unicode simple case folding, one code point to one: `K`, `k` and the Kelvin sign are alike, `Σ σ ς` are alike,
 * `ß` and `ẞ` are alike but not `ss`, and the Turkish dotless and dotted I are like nothing else.
 */

// Everything that has case lies in these blocks; between them are scripts without it, by far the most code points.
const casedBlocks = [
	[0x41, 0x5_8F], [0x10_A0, 0x10_FF], [0x13_A0, 0x13_FF], [0x1C_80, 0x1C_BF], [0x1D_00, 0x1F_FF], [0x21_00, 0x21_8F], [0x24_B0, 0x24_EF], [0x2C_00, 0x2D_2F],
	[0xA6_40, 0xA7_FF], [0xAB_30, 0xAB_BF], [0xFB_00, 0xFB_1F], [0xFF_21, 0xFF_5A],
	[0x1_04_00, 0x1_05_BF], [0x1_0C_80, 0x1_0D_8F], [0x1_18_A0, 0x1_18_DF], [0x1_6E_40, 0x1_6E_DF], [0x1_E9_00, 0x1_E9_4F],
] as const;

const hasCase = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/gu;

/** All that might fold alike has the same image; the engine's own folding, the `iu` of a pattern, then tells what does. */
const coarseImage = (character: string): string => character.toUpperCase().toLowerCase().toUpperCase();

let imagesOnce: ReadonlyMap<string, readonly string[]> | undefined;

const images = (): ReadonlyMap<string, readonly string[]> => {
	if (imagesOnce === undefined) {
		let all = '';
		for (const [first, last] of casedBlocks) {
			for (let codePoint = first; codePoint <= last; codePoint++) {
				all += String.fromCodePoint(codePoint);
			}
		}

		imagesOnce = Map.groupBy(all.match(hasCase) ?? [], coarseImage);
	}

	return imagesOnce;
};

const variants = new Map<string, readonly string[]>();

/** All code points that fold like this one, itself included, in the order of Unicode. */
export const caseVariants = (codePoint: string): readonly string[] => {
	const known = variants.get(codePoint);
	if (known !== undefined) {
		return known;
	}

	const candidates = images().get(coarseImage(codePoint));
	if (candidates?.includes(codePoint) !== true) {
		return [codePoint];
	}

	const pattern = new RegExp(`^${codePoint}$`, 'iu');
	const alike = candidates.filter(other => pattern.test(other));
	for (const member of alike) {
		variants.set(member, alike);
	}

	return alike;
};

const folded = new Map<string, string>();

const foldCodePoint = (codePoint: string): string => {
	const known = folded.get(codePoint);
	if (known !== undefined) {
		return known;
	}

	const alike = caseVariants(codePoint);
	// The usual lower-case form where there is one: σ rather than ς.
	const form = alike.find(member => member.toUpperCase().toLowerCase() === member) ?? alike.find(member => member.toLowerCase() === member) ?? codePoint;
	folded.set(codePoint, form);
	return form;
};

/** Texts that are alike but for case have the same folded form. */
export const foldCase = (text: string): string =>
	// In ASCII the lower case is the folding, and the table is not needed.
	/[\u0080-\uFFFF]/.test(text)
		? text.replaceAll(/[A-Z\u0080-\u{10FFFF}]/gu, codePoint => foldCodePoint(codePoint))
		: text.toLowerCase();

const special = /[$()*+.?[\\\]^{|}]/g;

/** A pattern that finds a text whatever its case: the same folding by the engine, far faster than folding both sides. */
export const containsPattern = (text: string): RegExp => new RegExp(text.replaceAll(special, '\\$&'), 'iu');
