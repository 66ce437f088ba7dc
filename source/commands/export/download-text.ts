import {formatBytes} from '../../domain/text/format-number.ts';
import {makeSafe} from '../../domain/text/make-safe.ts';
import {type Download} from '../../services/services.ts';
import {jsonText} from '../print/json-text.ts';

const whatKinds: Readonly<Record<Download['kind'], string>> = {export: 'export', original: 'original file', upload: 'uploaded file'};

/** A file that belongs to a record, as one line of JSON. */
export const downloadText = (id: string, {kind, name, path, bytes, secretsReplaced}: Download): string =>
	`${jsonText({id, kind, name, path, bytes, secrets_replaced: secretsReplaced})}\n`;

/** What was saved, and what it lacks. */
export const savedText = ({kind, bytes, secretsReplaced}: Download, target: string): string => {
	const secrets = secretsReplaced === 0 ? '' : `, with ${secretsReplaced.toLocaleString('en-US')} secret${secretsReplaced === 1 ? '' : 's'} replaced`;
	return `auditty: saved the ${whatKinds[kind]}, ${formatBytes(bytes)}${secrets}, to ${makeSafe(target)}\n`;
};
