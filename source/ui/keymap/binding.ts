/**
 * Where a binding holds. A layer of keys is pushed by the component that is in front; `level` decides which is asked first:
 * a higher one first, among equals the one mounted last.
 */
export type Context = 'global' | 'list' | 'welcome' | 'detail' | 'endpoints' | 'browse' | 'form' | 'menu' | 'prompt';

export const contextLevels: Readonly<Record<Context, number>> = {
	global: 0,
	list: 1,
	welcome: 2,
	detail: 3,
	endpoints: 3,
	browse: 4,
	form: 5,
	menu: 6,
	prompt: 7,
};

export const contextTitles: Readonly<Record<Context, string>> = {
	global: 'Everywhere',
	list: 'List',
	welcome: 'Welcome screen',
	detail: 'Detail',
	endpoints: 'Webhook endpoints',
	browse: 'Browse',
	form: 'Form',
	menu: 'Menus',
	prompt: 'Text fields',
};

/**
 * A key is named by the character it types (`j`, `G`, `/`), or `space enter esc tab S-tab up down left right home end
 * pgup pgdn backspace delete insert f1`, with `ctrl-`, `alt-`, `S-` (only for keys that type no character) before it.
 */
export type Binding = {
	/** `context.verb`: the name in the palette and in handlers. */
	readonly command: string;
	readonly context: Context;
	readonly keys: readonly string[];
	/** What it does, as one line of help. */
	readonly title: string;
	/** Heading in help. */
	readonly group: string;
	/** Short words for the footer; absent ones are not shown there. Lower `footerRank` stays longest. */
	readonly footer?: string;
	readonly footerRank?: number;
	/** Left out of the palette: it makes sense only as a key. */
	readonly isKeyOnly?: boolean;
};

/** What a component offers for a binding. `disabledReason` says why it cannot run now; the key then shows that. */
export type Handler = {
	readonly run: () => void;
	readonly disabledReason?: string | undefined;
	/** Short words for the footer where they are other than the binding's here. */
	readonly footer?: string | undefined;
};

/** Handlers by command. A command without a handler is not available, and its key falls through to the layer below. */
export type Handlers = Readonly<Record<string, Handler | (() => void) | undefined>>;

/** A handler, whichever way it was given. */
export const handlerOf = (given: Handlers[string]): Handler | undefined => typeof given === 'function' ? {run: given} : given;
