/**
 * Unicode simple case folding, one code point to one: `K`, `k` and the Kelvin sign are alike, `Σ σ ς` are alike,
 * `ß` and `ẞ` are alike but not `ss`, and the Turkish dotless and dotted I are like nothing else.
 */

// Everything that has case lies in these blocks; between them are scripts without it, by far the most code points.
const casedBlocks = [[0x41, 0x2F_FF], [0xA6_40, 0xAB_FF], [0xFB_00, 0xFB_1F], [0xFF_21, 0xFF_5A], [0x1_04_00, 0x1_0D_FF], [0x1_18_A0, 0x1_18_DF], [0x1_6E_40, 0x1_6E_FF], [0x1_E9_00, 0x1_E9_4F]] as const;

const hasCase = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u;

const isOne = (text: string): boolean => text.length === 1 || (text.length === 2 && text.codePointAt(0)! > 0xFF_FF);

/** All that might fold alike has the same image here; the engine's own folding then tells what does. */
const coarseImage = (character: string): string => character.toUpperCase().toLowerCase().toUpperCase();

const foldedForm = (character: string): string => {
	const upper = character.toUpperCase();
	const lower = (isOne(upper) ? upper : character).toLowerCase();
	return isOne(lower) ? lower : character;
};

type Folding = {readonly variants: ReadonlyMap<string, readonly string[]>; readonly folded: ReadonlyMap<string, string>};

const buildFolding = (): Folding => {
	const images = new Map<string, string[]>();
	for (const [first, last] of casedBlocks) {
		for (let codePoint = first; codePoint <= last; codePoint++) {
			const character = String.fromCodePoint(codePoint);
			if (hasCase.test(character)) {
				const image = coarseImage(character);
				images.set(image, [...(images.get(image) ?? []), character]);
			}
		}
	}

	const variants = new Map<string, readonly string[]>();
	const folded = new Map<string, string>();
	for (const characters of images.values()) {
		for (const character of characters) {
			if (variants.has(character)) {
				continue;
			}

			const pattern = new RegExp(`^${character}$`, 'iu');
			const alike = characters.filter(other => pattern.test(other));
			const form = foldedForm(alike[0]!);
			for (const member of alike) {
				variants.set(member, alike);
				folded.set(member, form);
			}
		}
	}

	return {variants, folded};
};

let folding: Folding | undefined;

const theFolding = (): Folding => {
	folding ??= buildFolding();
	return folding;
};

/** All code points that fold like this one, itself included, in the order of Unicode. */
export const caseVariants = (codePoint: string): readonly string[] => theFolding().variants.get(codePoint) ?? [codePoint];

/** Texts that are alike but for case have the same folded form. */
export const foldCase = (text: string): string => {
	// Only ASCII: the table is not needed. Of a lone text `toLowerCase` is the folding there.
	if (!/[^\0-\x7F]/.test(text)) {
		return text.toLowerCase();
	}

	const {folded} = theFolding();
	return text.replaceAll(/[A-Z\u0080-\u{10FFFF}]/gu, character => folded.get(character) ?? character);
};

const special = /[$()*+./?[\\\]^{|}-]/g;

/**
 * A pattern that finds a text whatever its case: the engine's `iu` is this same folding, and far faster than
 * folding both sides.
 */
export const containsPattern = (text: string): RegExp => new RegExp(text.replaceAll(special, '\\$&'), 'iu');
