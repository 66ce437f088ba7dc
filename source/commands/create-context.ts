import {UsageFault} from '../domain/fault.ts';
import {dataDirectory, defaultStoreUrl} from '../store/data-directory.ts';
import {readStoreUrl, type StoreAddress} from '../store/store-url.ts';
import {type CommandContext, type OutputFormat, type StoreLocation} from './command-context.ts';
import {type GlobalFlagValues} from './global-flags.ts';
import {type Output} from './output.ts';

type Surroundings = {
	readonly environment: NodeJS.ProcessEnv;
	readonly isInputTerminal: boolean;
	readonly globals: GlobalFlagValues;
	/** The command makes a named store that does not exist. */
	readonly makesStore: boolean;
	readonly output: Output;
	readonly errors: Output;
	readonly signal: AbortSignal;
};

const readFormat = (globals: GlobalFlagValues): OutputFormat => {
	const asked = (['json', 'csv', 'plain'] as const).filter(format => globals[format]);
	if (asked.length > 1) {
		throw new UsageFault(`${asked.map(format => `--${format}`).join(' and ')} exclude each other`, {remedy: 'give one of them'});
	}

	return asked[0] ?? 'auto';
};

const isSameFile = (one: StoreAddress, other: StoreAddress): boolean => one.kind === 'file' && other.kind === 'file' && one.path === other.path;

const locateStore = ({globals, environment, makesStore}: Surroundings, home: string): StoreLocation => {
	if (globals.demo && globals.db !== undefined) {
		throw new UsageFault('--demo and --db exclude each other', {remedy: 'leave one out: the demo has a temporary store of its own'});
	}

	// An empty variable counts as none, as elsewhere on the command line.
	const url = globals.db ?? (environment['AUDITTY_DB'] || defaultStoreUrl(home));
	// Whoever types no name cannot mistype it: the data directory's own store is made by whatever needs it first.
	const isOwn = isSameFile(readStoreUrl(url), readStoreUrl(defaultStoreUrl(home)));
	return {url, authToken: environment['AUDITTY_DB_TOKEN'] || undefined, isReadOnly: globals.readOnly, mustExist: !makesStore && !isOwn};
};

/** Reads flags and environment. Throws a UsageFault when they contradict each other or name no store. */
export const createContext = (surroundings: Surroundings): CommandContext => {
	const {environment, isInputTerminal, globals, output, errors, signal} = surroundings;
	const home = dataDirectory(environment);
	const storeLocation = locateStore(surroundings, home);
	return {
		environment,
		globals,
		format: readFormat(globals),
		dataDirectory: home,
		storeLocation,
		output,
		errors,
		isInputTerminal,
		now: () => Date.now(),
		signal,
		openServices: async () => {
			const {openServices} = await import('./open-services.ts');
			return openServices(storeLocation, home);
		},
	};
};
