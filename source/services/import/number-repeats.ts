import {contentId, idPrefixes} from '../../domain/ids.ts';
import {type Log} from '../../domain/records.ts';

/** Records that lie further apart than twice this are not compared, so that memory does not grow with the file. */
const remembered = 5000;

export type RepeatNumbering = {
	readonly number: (log: Log) => Log;
	/** The same for who needs only remember it; says how often the ID came before. */
	readonly count: (id: string) => number;
	/** All that it remembers, for another one to go on with: IDs, with how often each came when it came again. */
	readonly remembered: () => string;
};

const print = (counts: ReadonlyMap<string, number>): string =>
	[...counts].map(([id, count]) => count === 1 ? id : `${id}*${count}`).join(' ');

const read = (text: string): Map<string, number> => new Map(text === '' ? [] : text.split(' ').map(word => {
	const [id = '', count = '1'] = word.split('*');
	return [id, Number(count)];
}));

/**
 * Tells apart records without an ID that are alike in everything: the second of a kind in a file gets another ID than the
 * first, and the same one whenever the file is read again. Two such requests in one millisecond are two requests.
 */
export const createRepeatNumbering = (earlier = ''): RepeatNumbering => {
	// Two halves, the older of which is let go of as a whole: to take the oldest of a map one by one costs ten times as much.
	let [older = new Map<string, number>(), recent = new Map<string, number>()] = earlier.split('|').map(half => read(half));
	const count = (id: string): number => {
		const before = recent.get(id) ?? older.get(id) ?? 0;
		recent.set(id, before + 1);
		if (recent.size >= remembered) {
			older = recent;
			recent = new Map();
		}

		return before;
	};

	return {
		count,
		number(log) {
			const before = count(log.id);
			return before === 0 ? log : {...log, id: contentId(idPrefixes.log, log.created_at, `${log.id} ${before + 1}`)};
		},
		remembered: () => `${print(older)}|${print(recent)}`,
	};
};
