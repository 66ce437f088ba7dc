import {type Services} from '../services/services.ts';
import {type GlobalFlagValues} from './global-flags.ts';
import {type Output} from './output.ts';

/** How records are printed; `auto` is the screen on a terminal and `plain` elsewhere. */
export type OutputFormat = 'json' | 'csv' | 'plain' | 'auto';

export type StoreLocation = {
	/** `file:…`, `libsql://…` or `http(s)://…`, without credentials. */
	readonly url: string;
	readonly authToken: string | undefined;
	readonly isReadOnly: boolean;
	/** It was named, and the command needs what is in it: where its file is missing, that is an error and none is made. */
	readonly mustExist: boolean;
};

export type OpenedServices = {readonly services: Services; readonly close: () => Promise<void>};

/** What a command is given of the world. */
export type CommandContext = {
	readonly environment: NodeJS.ProcessEnv;
	readonly globals: GlobalFlagValues;
	readonly format: OutputFormat;
	/** Absolute. */
	readonly dataDirectory: string;
	readonly storeLocation: StoreLocation;
	readonly output: Output;
	readonly errors: Output;
	readonly isInputTerminal: boolean;
	readonly now: () => number;
	/** Aborted by SIGINT, SIGTERM and SIGHUP, and when the reader of the output is gone. */
	readonly signal: AbortSignal;
	/** Opens the store in this process; the caller closes it. */
	readonly openServices: () => Promise<OpenedServices>;
};
