import {bindingFor, bindingsOf} from './bindings.ts';
import {contextLevels, handlerOf, type Binding, type Context, type Handler, type Handlers} from './binding.ts';
import {type KeyPress} from './key-press.ts';

/** What a component in front of others makes of keys. Properties are read at each key, so they are always those of the last render. */
export type KeyLayer = {
	readonly context: Context;
	readonly handlers: Handlers;
	/** Takes characters that no binding of this layer takes, and pasted text. */
	readonly onText?: ((text: string) => void) | undefined;
	/** Takes pasted text in place of `onText`. */
	readonly onPaste?: ((text: string) => void) | undefined;
	/** Takes editing keys that have no binding (readline's), by name; true when it took the key. */
	readonly onKey?: ((name: string) => boolean) | undefined;
	/** Keys that this layer does not take go no further, but for those of `global.quit`, `global.suspend` and `global.redraw`. */
	readonly isModal?: boolean | undefined;
};

export type KeyLayers = {
	/** Puts a layer in; returns what takes it out. */
	add: (read: () => KeyLayer) => () => void;
	/** What a layer offers has changed. */
	touch: () => void;
	press: (press: KeyPress) => void;
	/** Keys pressed so far: the same number later says that the person was waiting meanwhile. */
	pressed: () => number;
	paste: (text: string) => void;
	/** Commands that can run now, from the front to the back, with their handlers. */
	available: () => ReadonlyArray<{readonly binding: Binding; readonly handler: Handler}>;
	run: (command: string) => void;
	/** Contexts of the layers, from the front to the back. */
	contexts: () => readonly Context[];
	/** Called when layers come or go. */
	subscribe: (listener: () => void) => () => void;
	version: () => number;
};

const alwaysThrough = new Set(['global.quit', 'global.suspend', 'global.redraw']);

const handlerIn = (layer: KeyLayer, command: string): Handler | undefined => handlerOf(layer.handlers[command]);

/** `onDisabled` gets the reason when the key of a disabled command is pressed. */
export const createKeyLayers = (onDisabled: (reason: string) => void): KeyLayers => {
	const entries: Array<{readonly read: () => KeyLayer; readonly order: number}> = [];
	const listeners = new Set<() => void>();
	let count = 0;
	let version = 0;
	let presses = 0;

	const changed = () => {
		version++;
		for (const listener of listeners) {
			listener();
		}
	};

	const frontToBack = (): KeyLayer[] => entries
		.map(({read, order}) => ({layer: read(), order}))
		.sort((one, other) => contextLevels[other.layer.context] - contextLevels[one.layer.context] || other.order - one.order)
		.map(({layer}) => layer);

	const runHandler = (handler: Handler) => {
		if (handler.disabledReason === undefined) {
			handler.run();
		} else {
			onDisabled(handler.disabledReason);
		}
	};

	const take = (layer: KeyLayer, press: KeyPress, isBlocked: boolean): boolean => {
		const binding = bindingFor(layer.context, press.name);
		const handler = binding && handlerIn(layer, binding.command);
		if (binding && handler && (!isBlocked || alwaysThrough.has(binding.command))) {
			runHandler(handler);
			return true;
		}

		if (isBlocked) {
			return false;
		}

		if (layer.onKey?.(press.name)) {
			return true;
		}

		if (press.text !== null && layer.onText) {
			layer.onText(press.text);
			return true;
		}

		return false;
	};

	return {
		add(read) {
			const entry = {read, order: count++};
			entries.push(entry);
			changed();
			return () => {
				entries.splice(entries.indexOf(entry), 1);
				changed();
			};
		},
		touch: changed,
		press(press) {
			presses++;
			let isBlocked = false;
			for (const layer of frontToBack()) {
				if (take(layer, press, isBlocked)) {
					return;
				}

				isBlocked ||= layer.isModal === true;
			}
		},
		pressed: () => presses,
		paste(text) {
			const layer = frontToBack().find(({onText, onPaste, isModal}) => (onPaste ?? onText) !== undefined || isModal === true);
			(layer?.onPaste ?? layer?.onText)?.(text);
		},
		available() {
			const found = new Map<string, {binding: Binding; handler: Handler}>();
			let isBlocked = false;
			for (const layer of frontToBack()) {
				for (const binding of bindingsOf(layer.context)) {
					const handler = handlerIn(layer, binding.command);
					if (handler && !found.has(binding.command) && (!isBlocked || alwaysThrough.has(binding.command))) {
						found.set(binding.command, {binding, handler});
					}
				}

				isBlocked ||= layer.isModal === true;
			}

			return [...found.values()];
		},
		run(command) {
			const found = frontToBack().map(layer => handlerIn(layer, command)).find(handler => handler !== undefined);
			if (found) {
				runHandler(found);
			}
		},
		contexts: () => frontToBack().map(({context}) => context),
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		version: () => version,
	};
};
