import {type Store} from '../store/store.ts';
import {readSettingValue, settingRuleOf} from './setting-rules.ts';
import {type Settings} from './services.ts';
import {escapeUnstorable, unescapeUnstorable} from '../domain/text/storable.ts';

const keyPrefix = 'keys.';

/** What is in force where these are set, in the order of their keys. */
const settingsOf = (entries: ReadonlyArray<readonly [key: string, value: string]>): Settings => {
	const set = new Map(entries);
	return {
		projectName: set.get('project.name') ?? null,
		timezone: set.get('project.timezone') ?? 'UTC',
		retention: set.get('retention') ?? '6 months',
		keyNames: Object.fromEntries(entries.filter(([key]) => key.startsWith(keyPrefix)).map(([key, value]) => [key.slice(keyPrefix.length), value])),
		redactKeys: set.get('redact.keys')?.split(',') ?? [],
		all: Object.fromEntries(entries),
	};
};

/** What is in force where nothing is set. */
export const unsetSettings = settingsOf([]);

/** Settings as they are in force. */
export const readSettings = async (store: Store): Promise<Settings> => {
	const rows = await store.read<{key: string; value: string}>('SELECT key, value FROM settings ORDER BY key');
	return settingsOf(rows.map(({key, value}) => [unescapeUnstorable(key), unescapeUnstorable(value)]));
};

/** Sets a setting; null takes it back to what it is when unset. Throws a `UsageFault` for an unknown key or a bad value. */
export const setSetting = async (store: Store, {key, value}: {readonly key: string; readonly value: string | null}): Promise<Settings> => {
	settingRuleOf(key);
	await store.write([value === null
		? {sql: 'DELETE FROM settings WHERE key = ?', args: [escapeUnstorable(key)]}
		: {
			sql: 'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
			args: [escapeUnstorable(key), escapeUnstorable(readSettingValue(key, value))],
		}]);
	return readSettings(store);
};
