import {fieldsOf} from '../../../domain/fields/field-tables.ts';
import {type AnyRecord, type Headers, type Log} from '../../../domain/records.ts';
import {toIso} from '../../../domain/time/format-time.ts';
import {formatBytes} from '../../../domain/text/format-number.ts';
import {createTreeDocument, labelOf, type TreeDocument} from '../../components/json-tree/tree-document.ts';
import {bodyDocument, pairsJson} from '../panes/body-document.ts';
import {type Pane} from '../panes/pane.ts';

/** Request, response, and everything else that is known of a log. `cut` gives the whole size of a body that is cut here. */
export const logPanes = (log: Log, cut: Readonly<Record<string, number>>): readonly Pane[] => [
	bodyPane({name: 'request', text: log.request_body, headers: log.request_headers, wholeBytes: cut['request_body'], isFailure: false, emptyText: 'The request has no body.'}),
	bodyPane({
		name: 'response', text: log.response_body, headers: log.response_headers, wholeBytes: cut['response_body'], isFailure: log.outcome === 'failure',
		emptyText: log.status === null ? 'No response came.' : 'The response has no body.',
	}),
	metaPane(metaOfLog(log)),
];

type BodyInput = {
	readonly name: string;
	readonly text: string | null;
	readonly headers: Headers | null;
	readonly wholeBytes: number | undefined;
	readonly isFailure: boolean;
	readonly emptyText: string;
};

const bodyPane = ({name, text, headers, wholeBytes, isFailure, emptyText}: BodyInput): Pane => {
	const contentType = headerOf(headers, 'content-type');
	const {document, kind, problem} = bodyDocument(text, contentType, isFailure ? failureToken : undefined);
	const bytes = Buffer.byteLength(text ?? '');
	const shownKind = kind === 'JSON' || contentType === null ? kind : contentType.split(';', 1)[0]!;
	const cutNote = wholeBytes === undefined
		? (document?.nodes[0]?.isCut && kind === 'JSON' ? 'ends in the middle: the source gave no more' : undefined)
		: `cut here: ${formatBytes(bytes)} of ${formatBytes(wholeBytes)} stored; / y v o read all of it`;
	return {
		name, document, emptyText,
		info: kind === 'empty' ? 'empty' : `${formatBytes(wholeBytes ?? bytes)} ${shownKind}`,
		note: [problem, cutNote].filter(part => part !== undefined).join('; ') || undefined,
		folding: {isOpen: isFailure && bytes < 16_384},
		body: text === null ? undefined : {text, suffix: kind === 'JSON' ? 'json' : 'txt'},
	};
};

/** In the body of a failure: what went wrong. */
const failureToken = (document: TreeDocument, index: number): 'failure' | undefined => {
	const label = labelOf(document, index);
	return document.depths[index]! <= 2 && (label === 'key' || label === 'message' || label === 'error') ? 'failure' : undefined;
};

/** The value of a header, whatever the case of its name; several are joined as HTTP joins them. */
export const headerOf = (headers: Headers | null, name: string): string | null => {
	const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
	return found === undefined ? null : (typeof found === 'string' ? found : found.join(', '));
};

/** What the query part of a URL holds, decoded. */
export const queryParametersOf = (url: string | null): ReadonlyArray<readonly [string, string]> => {
	const start = (url ?? '').indexOf('?');
	return url === null || start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1).split('#', 1)[0])];
};

const headersJson = (headers: Headers): string =>
	pairsJson(Object.entries(headers).flatMap(([name, value]) => typeof value === 'string' ? [[name, value] as const] : value.map(one => [name, one] as const)));

const metaOfLog = (log: Log): string => {
	const sections: Array<readonly [string, string]> = [];
	const parameters = queryParametersOf(log.url);
	if (parameters.length > 0) {
		sections.push(['query parameters', pairsJson(parameters)]);
	}

	if (log.request_headers) {
		sections.push(['request headers', headersJson(log.request_headers)]);
	}

	if (log.response_headers) {
		sections.push(['response headers', headersJson(log.response_headers)]);
	}

	return `{${[...sections, ['fields', fieldsJson('logs', log)] as const].map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
};

/** All fields of a record that are no content of their own, instants in ISO. */
export const fieldsJson = (tab: 'logs' | 'tasks' | 'exports' | 'sendouts', record: AnyRecord, without: readonly string[] = []): string => {
	const values = record as unknown as Readonly<Record<string, unknown>>;
	const shown = fieldsOf(tab).filter(({name, isContent}) => !isContent && !without.includes(name));
	return JSON.stringify(Object.fromEntries(shown.map(({name, type}) => {
		const value = values[name] ?? null;
		return [name, type === 'instant' && typeof value === 'number' ? toIso(value) : value];
	})));
};

/** The pane of everything else. */
export const metaPane = (json: string, name = 'meta'): Pane => {
	const document = createTreeDocument(json, {style: 'plain'});
	return {name, document, info: '', emptyText: 'Nothing more is known.', folding: {isOpen: true}};
};
