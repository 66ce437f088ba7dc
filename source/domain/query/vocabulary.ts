import {fieldTables, queryKeysOf, type BoundKey} from '../fields/field-tables.ts';
import {type Tab} from '../records.ts';
import {explainUnknownKey} from './unknown-key.ts';

/** What a query may say of a list. */
export type Vocabulary = {
	readonly keys: readonly BoundKey[];
	/** Names of the fields that words without a key are searched in. */
	readonly textFields: readonly string[];
	/** What to say about `word:…` where there is no such key. `source` is the whole word as it was typed. */
	readonly explainUnknownKey: (word: string, source: string) => {readonly message: string; readonly remedy: string};
};

/** What a query may say of a tab. */
export const vocabularyOf = (tab: Tab): Vocabulary => ({
	keys: queryKeysOf(tab),
	textFields: fieldTables[tab].textFields,
	explainUnknownKey: (word, source) => explainUnknownKey(word, source, tab),
});
