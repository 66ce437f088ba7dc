import type {Key} from 'ink';

export type KeyPress = {
	/** As bindings name it. */
	readonly name: string;
	/** What it types; null for keys that type nothing. */
	readonly text: string | null;
};

const controlNames: Readonly<Record<string, string>> = {
	'\r': 'enter', '\n': 'enter', '\t': 'tab', '\u001B': 'esc', '\u007F': 'backspace', '\b': 'backspace', '\0': 'ctrl-space',
};

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

const ofCharacter = (character: string): KeyPress => {
	const control = controlNames[character];
	if (control !== undefined) {
		return {name: control, text: null};
	}

	const code = character.codePointAt(0) ?? 0;
	if (code < 0x20) {
		return {name: `ctrl-${String.fromCodePoint(code + 0x60)}`, text: null};
	}

	return character === ' ' ? {name: 'space', text: ' '} : {name: character, text: character};
};

const specialName = (key: Key): string | undefined => {
	const names: ReadonlyArray<readonly [keyof Key, string]> = [
		['upArrow', 'up'], ['downArrow', 'down'], ['leftArrow', 'left'], ['rightArrow', 'right'],
		['pageUp', 'pgup'], ['pageDown', 'pgdn'], ['home', 'home'], ['end', 'end'],
		['return', 'enter'], ['escape', 'esc'], ['tab', 'tab'], ['backspace', 'backspace'], ['delete', 'delete'],
	];
	return names.find(([property]) => key[property])?.[1];
};

/**
 * What one event of Ink's input holds: keys typed fast arrive as one string (`jjj`, `j` and Enter), and each is a key.
 */
export const keyPressesOf = (input: string, key: Key): readonly KeyPress[] => {
	const special = specialName(key);
	const alt = key.meta && special !== 'esc' ? 'alt-' : '';
	if (special !== undefined && (input === '' || input.length === 1)) {
		// Ink calls both DEL (the backspace key of most terminals) and the delete key by their sequences; ctrl and shift stay visible.
		const shift = key.shift ? 'S-' : '';
		const control = key.ctrl ? 'ctrl-' : '';
		return [{name: `${control}${alt}${shift}${special}`, text: null}];
	}

	if (key.ctrl && input !== '') {
		return [{name: `ctrl-${input === ' ' ? 'space' : input}`, text: null}];
	}

	if (alt !== '' && input !== '') {
		return [{name: `alt-${input}`, text: null}];
	}

	return Array.from(segmenter.segment(input), ({segment}) => segment === '\r\n' ? ofCharacter('\r') : ofCharacter(segment));
};
