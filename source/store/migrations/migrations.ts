import {firstSchema} from './0001-first-schema.ts';
import {queueSchema} from './0002-queue.ts';
import {exportsSchema} from './0003-exports.ts';
import {originalsSchema} from './0004-originals.ts';
import {searchSchema} from './0005-search.ts';
import {webhooksSchema} from './0006-webhooks.ts';
import {pullSchema} from './0007-pull.ts';

/** Statements of each version of the schema, from 1 on. Only ever appended to: stores in the field have run the others. */
export const migrations: ReadonlyArray<readonly string[]> = [
	firstSchema,
	queueSchema,
	exportsSchema,
	originalsSchema,
	searchSchema,
	webhooksSchema,
	pullSchema,
];
