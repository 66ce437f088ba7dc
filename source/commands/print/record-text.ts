import {type Field} from '../../domain/fields/field.ts';
import {fieldsOf} from '../../domain/fields/field-tables.ts';
import {prettyJson} from '../../domain/json/format-json.ts';
import {type AnyRecord, type Attempt, type Headers, type Tab} from '../../domain/records.ts';
import {cellWidth} from '../../domain/text/cells.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {type Hold} from '../../domain/webhooks/hold.ts';
import {type Related, type Settings} from '../../services/services.ts';
import {localZone} from '../local-zone.ts';
import {isoInstant} from '../../domain/time/iso-instant.ts';
import {valueText} from './value-text.ts';
import {zonedInstant} from './zoned-instant.ts';

type Line = readonly [label: string, value: string];

const indent = '  ';

/** Safe lines of a text, each indented. */
const block = (text: string): readonly string[] => text.split(/\r\n|\n/).map(line => `${indent}${makeSafe(line)}`.trimEnd());

const bodyLines = (label: string, text: string): readonly string[] =>
	['', `${label} (${Buffer.byteLength(text)} bytes)`, ...block(prettyJson(text) ?? text)];

const headerLines = (label: string, headers: Headers): readonly string[] => ['', label, ...Object.entries(headers)
	.flatMap(([name, values]) => [values].flat().map(value => indent + makeSafe(`${name}: ${value}`)))];

const pairs = (lines: readonly Line[]): readonly string[] => {
	const width = Math.max(0, ...lines.map(([label]) => cellWidth(label)));
	return lines.map(([label, value]) => `${indent}${label.padEnd(width)}  ${makeSafe(value)}`);
};

/** Project time, then the device's and UTC where they differ from it. */
const instantText = (at: number, settings: Settings): string => {
	const local = localZone();
	const texts = new Map([[zonedInstant(at, settings.timezone), `project time, ${settings.timezone}`]]);
	for (const [text, name] of [[zonedInstant(at, local), `local time, ${local}`], [isoInstant(at) ?? '', 'UTC']] as const) {
		texts.set(text, texts.get(text) ?? name);
	}

	return [...texts].map(([text, name]) => `${text} (${name})`).join(' = ');
};

const units: Partial<Record<Field['type'], string>> = {duration: ' ms', bytes: ' bytes', percent: '%'};

const fieldText = ({type}: Field, value: unknown, settings: Settings): string => {
	if (type === 'instant') {
		return instantText(Number(value), settings);
	}

	const text = valueText(value);
	if (type === 'secret-id' && settings.keyNames[text] !== undefined) {
		return `${settings.keyNames[text]} (${text})`;
	}

	return Array.isArray(value) ? value.map(valueText).join(', ') : text + (units[type] ?? '');
};

const attemptLines = (attempts: readonly Attempt[]): readonly string[] => attempts.flatMap(attempt => [
	'', `Attempt ${attempt.number}`,
	...pairs([
		['Started', isoInstant(attempt.started_at) ?? ''],
		['Status', attempt.status === null ? 'no response' : String(attempt.status)],
		...(attempt.duration === null ? [] : [['Duration', `${attempt.duration} ms`] as const]),
		...(attempt.error === null ? [] : [['Error', attempt.error] as const]),
	]),
	...(attempt.response_headers === null ? [] : headerLines('Response headers', attempt.response_headers)),
	...(attempt.response_body === null ? [] : bodyLines('Response body', attempt.response_body)),
]);

const contentLines = ({name, label, type}: Field, value: unknown): readonly string[] => {
	if (name === 'attempt_log') {
		return attemptLines(value as readonly Attempt[]);
	}

	if (type === 'headers') {
		return headerLines(label, value as Headers);
	}

	return typeof value === 'string' && type === 'body' ? bodyLines(label, value) : ['', label, ...block(JSON.stringify(value, null, 2))];
};

const isBlock = ({type}: Field): boolean => type === 'headers' || type === 'body' || type === 'json';

/** A whole record for people to read: what it says of itself, line by line, then headers, bodies and JSON. Safe for a terminal. */
export const recordText = ({tab, record, related, settings, hold}: {
	readonly tab: Tab;
	readonly record: AnyRecord;
	readonly hold?: Hold;
	readonly related: readonly Related[];
	readonly settings: Settings;
}): string => {
	const values: Readonly<Record<string, unknown>> = record;
	const filled = fieldsOf(tab).filter(({name}) => (values[name] ?? null) !== null && values[name] !== '');
	return [
		makeSafe(record.id),
		...pairs([
			...filled.filter(field => field.name !== 'id' && !isBlock(field)).map(field => [field.label, fieldText(field, values[field.name], settings)] as const),
			...(hold === undefined ? [] : [['Held', hold.until === null ? 'its endpoint is disabled' : `the breaker of its endpoint lets one through at ${instantText(hold.until, settings)}`] as const]),
		]),
		...(related.length === 0 ? [] : ['', 'Related', ...pairs(related.map(({relation, id, title}) => [relation, `${id}  ${title}`]))]),
		...filled.filter(isBlock).flatMap(field => contentLines(field, values[field.name])),
	].map(line => `${line}\n`).join('');
};
