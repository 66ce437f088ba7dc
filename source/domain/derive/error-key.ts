import {type ResponseFacts} from './body-facts.ts';

/** A key is one word that programs compare: no sentence, no number, nothing long. */
const isKey = (value: string): boolean => value.length <= 100 && /^[\w.:/#@-]+$/.test(value) && /[A-Za-z]/.test(value);

/** The last part of a problem's type (RFC 9457), which is a URI. */
const problemKey = (type: string): string | null => {
	if (type === 'about:blank') return null;
	const last = type.split(/[/#:]/).findLast(part => part !== '') ?? '';
	return isKey(last) ? last : null;
};

/** The machine-readable key of an error body: `key`, or the places where other APIs put theirs. Null where there is none. */
export const errorKeyOf = (response: ResponseFacts): string | null => {
	const key = response.fact('errorKey', isKey);
	if (key !== null) return key;
	const type = response.fact('problemType');
	return type === null ? null : problemKey(type);
};
