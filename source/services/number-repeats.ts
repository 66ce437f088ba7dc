import {contentId, idPrefixes} from '../domain/ids.ts';
import {type Log} from '../domain/records.ts';

/** Records that lie further apart than this are not compared, so that memory does not grow with the file. */
const remembered = 10_000;

/**
 * Tells apart records without an ID that are alike in everything: the second of a kind in a file gets another ID than the
 * first, and the same one whenever the file is read again. Two such requests in one millisecond are two requests.
 */
export const createRepeatNumbering = (): ((log: Log) => Log) => {
	const counts = new Map<string, number>();
	return log => {
		const earlier = counts.get(log.id) ?? 0;
		counts.delete(log.id);
		counts.set(log.id, earlier + 1);
		if (counts.size > remembered) counts.delete(counts.keys().next().value as string);
		return earlier === 0 ? log : {...log, id: contentId(idPrefixes.log, log.created_at, `${log.id} ${earlier + 1}`)};
	};
};
