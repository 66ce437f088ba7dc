import {jsonText} from './json-text.ts';

/** Any value of a record as text: empty for nothing, JSON for objects. It is not yet safe for a terminal. */
export const valueText = (value: unknown): string => {
	if (value === null || value === undefined) {
		return '';
	}

	if (typeof value === 'string') {
		return value;
	}

	return typeof value === 'number' || typeof value === 'boolean' ? String(value) : jsonText(value);
};
