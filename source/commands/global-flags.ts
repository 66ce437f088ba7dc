import {type Flags, type FlagValues} from './command.ts';

/** Flags of every command; they stand anywhere on the command line. */
export const globalFlags = {
	db: {type: 'string', valueName: 'URL', description: 'The store: file:…, libsql://…, http(s)://… (AUDITTY_DB)'},
	readOnly: {type: 'boolean', description: 'No worker, and no write to the store'},
	demo: {type: 'boolean', description: 'A temporary store in which everything moves'},
	json: {type: 'boolean', description: 'Print JSON, one object a line'},
	csv: {type: 'boolean', description: 'Print CSV with a heading line'},
	plain: {type: 'boolean', description: 'Print a table of text; what piped output is unless asked otherwise'},
	limit: {type: 'string', valueName: 'N', description: 'At most N records; 0 is all (100 unless given)'},
	help: {type: 'boolean', shortFlag: 'h', description: 'Help, of a command too: auditty COMMAND --help'},
	version: {type: 'boolean', shortFlag: 'V', description: 'Version'},
} as const satisfies Flags;

export type GlobalFlagValues = FlagValues<typeof globalFlags>;
