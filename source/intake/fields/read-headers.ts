import {type Headers} from '../../domain/records.ts';

type Collected = Record<string, string | string[]>;

const textOf = (value: unknown): string | null =>
	typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;

const add = (headers: Collected, name: string, value: string): void => {
	const known = headers[name];
	if (known === undefined) headers[name] = value;
	else if (typeof known === 'string') headers[name] = [known, value];
	else known.push(value);
};

/** Headers without a prototype, so that a header called `__proto__` is a header. */
const none = (): Collected => Object.create(null) as Collected;

/** Headers of a list of `{name, value}`, as HAR holds them; null when it is no such list. */
export const headersOfList = (list: unknown): Headers | null => {
	if (!Array.isArray(list)) return null;
	const headers = none();
	for (const item of list as ReadonlyArray<{name?: unknown; value?: unknown} | null>) {
		if (typeof item?.name !== 'string') return null;
		add(headers, item.name, textOf(item.value) ?? '');
	}

	return headers;
};

/** Headers of an object or of a list, as a value or as JSON text; null when it is none of these. */
export const readHeaders = (given: unknown): Headers | null => {
	let value = given;
	if (typeof value === 'string') {
		try {
			value = JSON.parse(value);
		} catch {
			return null;
		}
	}

	if (Array.isArray(value)) return headersOfList(value);
	if (typeof value !== 'object' || value === null) return null;
	const headers = none();
	for (const [name, content] of Object.entries(value)) {
		if (content === null) continue;
		for (const one of Array.isArray(content) ? content as readonly unknown[] : [content]) {
			const text = textOf(one);
			if (text === null) return null;
			add(headers, name, text);
		}
	}

	return headers;
};
