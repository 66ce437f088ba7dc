/** A line of text being edited; `cursor` is a UTF-16 offset at a grapheme's border. */
export type TextState = {
	readonly text: string;
	readonly cursor: number;
	/** What ctrl-k, ctrl-u and ctrl-w cut last, for ctrl-y. */
	readonly killed: string;
};

export const textStateOf = (text: string): TextState => ({text, cursor: text.length, killed: ''});

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

const before = (text: string, cursor: number): number => {
	const last = [...segmenter.segment(text.slice(0, cursor))].at(-1);
	return last ? last.index : 0;
};

const after = (text: string, cursor: number): number => {
	const [first] = segmenter.segment(text.slice(cursor));
	return first ? cursor + first.segment.length : cursor;
};

const wordStart = (text: string, cursor: number): number => /\S+\s*$/.exec(text.slice(0, cursor))?.index ?? 0;
const wordEnd = (text: string, cursor: number): number => cursor + (/^\s*\S+/.exec(text.slice(cursor))?.[0].length ?? text.length - cursor);

export const insertText = (state: TextState, typed: string): TextState => {
	// A field is one line: pasted line breaks become spaces.
	const text = typed.replaceAll(/\s*[\r\n]+\s*/g, ' ');
	return {...state, text: state.text.slice(0, state.cursor) + text + state.text.slice(state.cursor), cursor: state.cursor + text.length};
};

const cut = (state: TextState, from: number, to: number, isKept: boolean): TextState => ({
	text: state.text.slice(0, from) + state.text.slice(to),
	cursor: from,
	killed: isKept && to > from ? state.text.slice(from, to) : state.killed,
});

type Edit = (state: TextState) => TextState;

const moveCursor = (to: (text: string, cursor: number) => number): Edit => state => ({...state, cursor: to(state.text, state.cursor)});

const transpose: Edit = state => {
	const {text} = state;
	const middle = state.cursor === text.length ? before(text, state.cursor) : state.cursor;
	const start = before(text, middle);
	const end = after(text, middle);
	return start === middle ? state : {...state, text: text.slice(0, start) + text.slice(middle, end) + text.slice(start, middle) + text.slice(end), cursor: end};
};

/** Readline's keys, by name. */
const edits: Readonly<Record<string, Edit>> = {
	left: moveCursor(before),
	'ctrl-b': moveCursor(before),
	right: moveCursor(after),
	'ctrl-f': moveCursor(after),
	home: moveCursor(() => 0),
	'ctrl-a': moveCursor(() => 0),
	end: moveCursor(text => text.length),
	'ctrl-e': moveCursor(text => text.length),
	'alt-b': moveCursor(wordStart),
	'ctrl-left': moveCursor(wordStart),
	'alt-left': moveCursor(wordStart),
	'alt-f': moveCursor(wordEnd),
	'ctrl-right': moveCursor(wordEnd),
	'alt-right': moveCursor(wordEnd),
	backspace: state => cut(state, before(state.text, state.cursor), state.cursor, false),
	'ctrl-h': state => cut(state, before(state.text, state.cursor), state.cursor, false),
	delete: state => cut(state, state.cursor, after(state.text, state.cursor), false),
	'ctrl-d': state => cut(state, state.cursor, after(state.text, state.cursor), false),
	'ctrl-w': state => cut(state, wordStart(state.text, state.cursor), state.cursor, true),
	'alt-backspace': state => cut(state, wordStart(state.text, state.cursor), state.cursor, true),
	'alt-d': state => cut(state, state.cursor, wordEnd(state.text, state.cursor), true),
	'ctrl-u': state => cut(state, 0, state.cursor, true),
	'ctrl-k': state => cut(state, state.cursor, state.text.length, true),
	'ctrl-y': state => insertText(state, state.killed),
	'ctrl-t': transpose,
};

/** The state after an editing key; null for a key that edits nothing. */
export const editText = (state: TextState, key: string): TextState | null => edits[key]?.(state) ?? null;
