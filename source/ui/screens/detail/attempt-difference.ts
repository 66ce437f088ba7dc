import {structuredPatch} from 'diff';
import {prettyJson} from '../../../domain/json/format-json.ts';
import {type Attempt} from '../../../domain/records.ts';

/** Beyond so many changed lines two answers have nothing in common, and comparing them would cost a frame. */
const mostEdits = 300;

/** An attempt as lines: status, headers by name, body. */
const linesOf = ({status, error, response_headers: headers, response_body: body}: Attempt): string => [
	status === null ? 'no response' : `HTTP ${status}`,
	...(error === null ? [] : [`error: ${error}`]),
	...Object.entries(headers ?? {})
		.flatMap(([name, value]) => (typeof value === 'string' ? [value] : value).map(one => `${name.toLowerCase()}: ${one}`))
		.toSorted(),
	'',
	...(body === null ? [] : [prettyJson(body) ?? body]),
	'',
].join('\n');

/** What differs between two attempts, as the lines of a unified diff; none when nothing does. */
export const attemptDifference = (before: Attempt, after: Attempt): readonly string[] => {
	const patch = structuredPatch('', '', linesOf(before), linesOf(after), undefined, undefined, {context: 3, maxEditLength: mostEdits, stripTrailingCr: true});
	if (patch === undefined) {
		return [`The answers to attempts ${before.number} and ${after.number} differ in more than ${mostEdits} lines.`];
	}

	return patch.hunks.flatMap(({oldStart, oldLines, newStart, newLines, lines}) => [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines.filter(line => !line.startsWith('\\'))]);
};
