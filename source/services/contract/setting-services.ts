import {type Tab} from '../../domain/records.ts';
import {type PathCompletion} from '../complete-path.ts';

/** Settings, saved views, and what a person types to name a file. */
export type SettingServices = {
	settings: () => Promise<Settings>;
	setSetting: (request: {readonly key: string; readonly value: string | null}) => Promise<Settings>;
	views: (request: {readonly tab: Tab}) => Promise<readonly View[]>;
	saveView: (view: View) => Promise<void>;
	removeView: (request: {readonly tab: Tab; readonly name: string}) => Promise<void>;
	/** Completes the path of a file on the machine that the services run on. */
	completePath: (request: {readonly text: string}) => Promise<PathCompletion>;
};

export type View = {readonly tab: Tab; readonly name: string; readonly query: string};

/** Settings as they are in force. */
export type Settings = {
	readonly projectName: string | null;
	/** IANA zone. */
	readonly timezone: string;
	readonly retention: string;
	/** Names of API keys by their ID. */
	readonly keyNames: Readonly<Record<string, string>>;
	/** Further JSON keys and headers that hold secrets. */
	readonly redactKeys: readonly string[];
	/** All that is set, by name. */
	readonly all: Readonly<Record<string, string>>;
};
