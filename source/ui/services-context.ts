import {createContext, useContext} from 'react';
import {type Notices} from '../services/notices.ts';
import {type Services} from '../services/services.ts';

/** Everything that a screen may reach beyond itself. */
export type Surroundings = {
	readonly services: Services;
	/** What the store says without being asked. */
	readonly notices: Notices;
	/** One line in the footer that goes away by itself; `failure` stays until the next key. */
	readonly say: (message: string, kind?: 'note' | 'failure') => void;
	/** Writes raw bytes to the terminal (clipboard sequences only). */
	readonly writeToTerminal: (data: string) => void;
	/** Leaves the screen, runs a program or prints, comes back. */
	readonly suspend: (run: () => Promise<void> | void) => Promise<void>;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly now: () => number;
	/** The directory for files that the screen writes (what was too large to copy). */
	readonly filesDirectory: string;
};

export const SurroundingsContext = createContext<Surroundings | undefined>(undefined);

export const useSurroundings = (): Surroundings => {
	const surroundings = useContext(SurroundingsContext);
	if (!surroundings) {
		throw new Error('No surroundings above');
	}

	return surroundings;
};
