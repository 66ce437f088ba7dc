import {useEffect, useMemo, useState} from 'react';
import {setTimeout as wait} from 'node:timers/promises';
import {columnsOfHeadings, type BrowseColumn} from '../../../domain/browse/columns.ts';
import {type BrowseProgress, type BrowseRow, type BrowseSource, type BrowseTable, type BrowseView} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';

export type Browsed = {
	readonly table: BrowseTable | null;
	readonly columns: readonly BrowseColumn[];
	readonly progress: BrowseProgress | null;
	/** Why it cannot be browsed, or shown on. */
	readonly failure: string | null;
	/** The row at a place of the view, where it is read. */
	readonly rowAt: (place: number) => BrowseRow | undefined;
};

/** Progress is drawn at most so often. */
const drawEveryMs = 400;
/** When all is read: how often to look whether the file is still the same. */
const lookEveryMs = 3000;
/** Rows that are kept, the others are read again. */
const mostKept = 3000;

type Held = {readonly key: string; readonly rows: ReadonlyMap<number, BrowseRow>};

const noRows: Held = {key: '', rows: new Map()};
const noColumns: readonly BrowseColumn[] = [];

/**
 * A file as far as it is read: its headings at once, then step by step its rows. `generation` grows to read it anew;
 * rows from `top` on are kept ready, a screen more on both sides.
 */
export const useBrowse = ({source, view, generation, top, height}: {
	readonly source: BrowseSource;
	readonly view: BrowseView;
	readonly generation: number;
	readonly top: number;
	readonly height: number;
}): Browsed => {
	const {services} = useSurroundings();
	const [opened, setOpened] = useState<{readonly key: string; readonly table: BrowseTable} | null>(null);
	const [progress, setProgress] = useState<{readonly key: string; readonly value: BrowseProgress} | null>(null);
	const [failure, setFailure] = useState<{readonly key: string; readonly text: string} | null>(null);
	const [held, setHeld] = useState<Held>(noRows);
	const sourceKey = `${JSON.stringify(source)} ${generation}`;
	const viewKey = `${sourceKey} ${JSON.stringify(view)}`;
	const table = opened?.key === sourceKey ? opened.table : null;
	const columns = useMemo(() => table === null ? noColumns : columnsOfHeadings(table.headings, table.tab), [table]);
	const now = progress?.key === viewKey ? progress.value : null;

	useEffect(() => {
		const abort = new AbortController();
		services.browseOpen({source, isAnew: generation > 0}, abort.signal).then(answer => {
			if (!abort.signal.aborted) {
				setOpened({key: sourceKey, table: answer});
			}
		}, (error: unknown) => {
			if (!abort.signal.aborted) {
				setFailure({key: sourceKey, text: describeFailure(error)});
			}
		});
		return () => {
			abort.abort();
		};
		// The key stands for source and generation.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [sourceKey]);

	useEffect(() => {
		if (table === null) {
			return undefined;
		}

		const abort = new AbortController();
		const {signal} = abort;
		const work = async () => {
			let drawnAt = -Infinity;
			let drawn: BrowseProgress | null = null;
			for (;;) {
				const value = await services.browseStep({source, view}, signal);
				signal.throwIfAborted();
				const isEnd = value.stage === 'done' || value.file !== 'same';
				const isNews = drawn === null || JSON.stringify(drawn) !== JSON.stringify(value);
				// The first screen comes at once, what follows is no hurry.
				const isScreen = drawn === null || (drawn.matching < 100 && value.matching > drawn.matching);
				if (isNews && (isEnd || isScreen || performance.now() - drawnAt >= drawEveryMs)) {
					drawn = value;
					drawnAt = performance.now();
					setProgress({key: viewKey, value});
				}

				if (isEnd) {
					await wait(lookEveryMs, undefined, {signal, ref: false});
				}
			}
		};

		work().catch((error: unknown) => {
			if (!signal.aborted) {
				setFailure({key: viewKey, text: describeFailure(error)});
			}
		});
		return () => {
			abort.abort();
		};
		// eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for source, generation and view
	}, [services, table, viewKey]);

	// Sorting gives every place another row.
	const rowsKey = `${viewKey} ${view.sort !== null && now?.stage === 'done' ? 'sorted' : ''}`;
	const rows = held.key === rowsKey ? held.rows : noRows.rows;
	const length = now?.matching ?? 0;
	const from = Math.max(0, top - height);
	const to = Math.min(length, top + height * 2);
	let missing = from;
	while (missing < to && rows.has(missing)) {
		missing++;
	}

	// What is on the screen comes first.
	let first = top;
	while (first < Math.min(length, top + height) && rows.has(first)) {
		first++;
	}

	const wanted = first < Math.min(length, top + height) ? first : (missing < to ? missing : null);
	useEffect(() => {
		if (wanted === null) {
			return undefined;
		}

		const abort = new AbortController();
		services.browseRows({source, view, from: wanted, limit: Math.max(50, height * 2)}, abort.signal).then(answer => {
			if (abort.signal.aborted || answer.rows.length === 0) {
				return;
			}

			setHeld(before => {
				const kept = before.key === rowsKey ? [...before.rows] : [];
				const near = kept.length > mostKept ? kept.filter(([place]) => Math.abs(place - wanted) < mostKept / 2) : kept;
				return {key: rowsKey, rows: new Map([...near, ...answer.rows.map(row => [row.place, row] as const)])};
			});
		}, (error: unknown) => {
			if (!abort.signal.aborted) {
				setFailure({key: viewKey, text: describeFailure(error)});
			}
		});
		return () => {
			abort.abort();
		};
		// eslint-disable-next-line react-hooks/exhaustive-deps -- one question a place; the key stands for the rest
	}, [services, rowsKey, wanted]);

	const failed = failure !== null && (failure.key === sourceKey || failure.key === viewKey) ? failure.text : null;
	return {table, columns, progress: now, failure: failed, rowAt: place => rows.get(place)};
};
