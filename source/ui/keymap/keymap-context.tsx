import {createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, useSyncExternalStore, type ReactNode} from 'react';
import {useInput, usePaste} from 'ink';
import {type Context, type Handlers} from './binding.ts';
import {createKeyLayers, type KeyLayer, type KeyLayers} from './key-layers.ts';
import {keyPressesOf, type KeyPress} from './key-press.ts';

const KeymapContext = createContext<KeyLayers | undefined>(undefined);

export const useKeyLayers = (): KeyLayers => {
	const layers = useContext(KeymapContext);
	if (!layers) {
		throw new Error('No KeymapProvider above');
	}

	return layers;
};

type ProviderProps = {
	readonly children: ReactNode;
	readonly onDisabled: (reason: string) => void;
};

/** Keys that close or open a level: the next of them is for what then is in front. */
const leavingKeys = new Set(['esc', 'enter', 'q']);

/** Reads keys, one at a time: each sees the screen that the one before it made. */
export const KeymapProvider = ({children, onDisabled}: ProviderProps) => {
	const onDisabledRef = useRef(onDisabled);
	useLayoutEffect(() => {
		onDisabledRef.current = onDisabled;
	});
	const layers = useMemo(() => createKeyLayers(reason => {
		onDisabledRef.current(reason);
	}), []);
	const queue = useRef<KeyPress[]>([]);
	const isBusy = useRef(false);

	const drain = () => {
		const press = queue.current.shift();
		isBusy.current = press !== undefined;
		if (!press) {
			return;
		}

		layers.press(press);
		// The same key again (jjj) needs no frame between, unless it leaves what it was meant for.
		while (!leavingKeys.has(press.name) && queue.current[0]?.name === press.name) {
			queue.current.shift();
			layers.press(press);
		}

		// Any other key, also one of a later chunk, waits until React has shown what this one did: React renders in an
		// immediate that it asks for after this one, so a single turn would come too early.
		setImmediate(() => setImmediate(drain));
	};

	useInput((input, key) => {
		if (key.eventType === 'release') {
			return;
		}

		queue.current.push(...keyPressesOf(input, key));
		if (!isBusy.current) {
			drain();
		}
	});
	usePaste(text => {
		layers.paste(text);
	});

	return <KeymapContext value={layers}>{children}</KeymapContext>;
};

/**
 * Puts a layer of keys in front while the component is mounted (and `isActive` is not false).
 * Handlers are by command name without its context: `{down() {…}}` in context `list` is `list.down`.
 */
export const useKeys = (context: Context, handlers: Handlers, options: Omit<KeyLayer, 'context' | 'handlers'> & {readonly isActive?: boolean} = {}): void => {
	const layers = useKeyLayers();
	const {isActive = true, ...rest} = options;
	const layer: KeyLayer = {
		context,
		handlers: Object.fromEntries(Object.entries(handlers).map(([command, handler]) => [`${context}.${command}`, handler])),
		...rest,
	};
	const latest = useRef(layer);
	useLayoutEffect(() => {
		latest.current = layer;
	});
	useLayoutEffect(() => isActive ? layers.add(() => latest.current) : undefined, [layers, isActive]);
	// Footer and help show what can be done now, so they are drawn again when that changes.
	const offered = Object.entries(layer.handlers).filter(([, handler]) => handler !== undefined).map(([command, handler]) => `${command} ${typeof handler === 'function' ? '' : (handler?.disabledReason ?? '')}`).join();
	useLayoutEffect(() => {
		if (isActive) {
			layers.touch();
		}
	}, [layers, isActive, offered]);
};

/** Renders again when layers come or go (footer, help). */
export const useKeyLayersVersion = (): number => {
	const layers = useKeyLayers();
	return useSyncExternalStore(layers.subscribe, layers.version);
};

/** Runs once after mounting. */
export const useMounted = (effect: () => void): void => {
	const latest = useRef(effect);
	useEffect(() => {
		latest.current();
	}, []);
};
