import path from 'node:path';
import {pathToFileURL} from 'node:url';
import envPaths from 'env-paths';

type Environment = {readonly AUDITTY_HOME?: string | undefined};

/** Where the store, exports, originals and caches are: `AUDITTY_HOME`, or the platform's own place for data. Absolute. */
export const dataDirectory = (environment: Environment): string =>
	environment.AUDITTY_HOME
		? path.resolve(environment.AUDITTY_HOME)
		: envPaths('auditty', {suffix: ''}).data;

/** URL of the store that is used when none is named. */
export const defaultStoreUrl = (home: string): string => pathToFileURL(path.join(home, 'auditty.db')).href;

/** Where the files of exports are. */
export const exportsDirectory = (home: string): string => path.join(home, 'exports');

/** Where the imported files are kept. */
export const originalsDirectory = (home: string): string => path.join(home, 'originals');
