import {parseFactRules, type FactRules, type RuledField} from '../../domain/derive/fact-rules.ts';

/** How live traffic is recorded. */
export type RecordSettings = {
	/** Bytes of each body that are kept. */
	readonly bodyLimit: number;
	/** Bytes up to which an uploaded CSV is kept whole. */
	readonly uploadLimit: number;
	readonly rules: FactRules;
};

export const defaultBodyLimit = 64 * 1024;
export const defaultUploadLimit = 16 * 1024 * 1024;

/** The setting that holds the rules of a field. */
export const ruleSettings: Readonly<Record<RuledField, string>> = {
	user_email: 'record.user', customer: 'record.customer', campaign: 'record.campaign', channel: 'record.channel',
	app_id: 'record.server_key', client_app_id: 'record.client_key',
};

const units: Readonly<Record<string, number>> = {'': 1, b: 1, kb: 1024, kib: 1024, k: 1024, mb: 1024 ** 2, mib: 1024 ** 2, m: 1024 ** 2};
const largest = 256 * 1024 * 1024;

/** Bytes of `64 KiB`, `2MB`, `65536`; null when it is no such size, or over 256 MiB. */
export const readByteSize = (text: string): number | null => {
	const [, amount, unit] = /^(\d{1,9})\s*([a-z]*)$/i.exec(text.trim()) ?? [];
	const factor = units[(unit ?? '?').toLowerCase()];
	const bytes = factor === undefined ? Number.NaN : Number(amount) * factor;
	return bytes <= largest ? bytes : null;
};

/** What is set, and what holds where nothing is. */
export const readRecordSettings = (all: Readonly<Record<string, string>>): RecordSettings => {
	const rules: Partial<Record<RuledField, NonNullable<FactRules[RuledField]>>> = {};
	for (const [field, key] of Object.entries(ruleSettings) as ReadonlyArray<[RuledField, string]>) {
		const parsed = all[key] === undefined ? null : parseFactRules(all[key]);
		if (parsed !== null) {
			rules[field] = parsed;
		}
	}

	return {
		bodyLimit: readByteSize(all['record.body_limit'] ?? '') ?? defaultBodyLimit,
		uploadLimit: readByteSize(all['record.upload_limit'] ?? '') ?? defaultUploadLimit,
		rules,
	};
};
