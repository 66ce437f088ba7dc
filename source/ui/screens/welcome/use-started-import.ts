import {useEffect, useLayoutEffect, useRef, useState} from 'react';
import {type BackgroundTask} from '../../../domain/records.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {formatDate, queryDateOf} from '../../../domain/time/format-time.ts';
import {addDays, localOf} from '../../../domain/time/zone.ts';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';

/**
 * Starts imports, and follows the one that was started here: when it is done, `onDone` gets the query whose range is that
 * of what came in, and how to come to it if it is not shown at once.
 */
export const useStartedImport = (onDone: (query: string) => {readonly remedy: string | null}): {readonly startImport: (path: string) => void; readonly startSample: () => void; readonly isImporting: boolean} => {
	const {services, notices, say} = useSurroundings();
	const [task, setTask] = useState<BackgroundTask | null>(null);
	const latestOnDone = useRef(onDone);
	useLayoutEffect(() => {
		latestOnDone.current = onDone;
	});

	const start = (begin: () => Promise<BackgroundTask>) => {
		begin().then(started => {
			// Its progress is said where all work that runs is.
			setTask(started);
		}, (error: unknown) => {
			say(describeFailure(error), 'failure');
		});
	};

	const id = task?.id ?? null;
	useEffect(() => {
		if (id === null) {
			return undefined;
		}

		const abort = new AbortController();
		const look = async () => {
			try {
				const detail = await services.record({tab: 'tasks', id}, abort.signal);
				const current = detail?.record as BackgroundTask | undefined;
				if (abort.signal.aborted || !current || (current.status !== 'done' && current.status !== 'failed')) {
					return;
				}

				setTask(null);
				if (current.status === 'failed') {
					say(`the import failed: ${current.error ?? 'see the background task'}`, 'failure');
				} else {
					// The sample brings its own time zone with it.
					const {timezone} = await services.settings();
					const {remedy} = latestOnDone.current(rangeQuery(current.result, timezone));
					const rejected = current.failed_count > 0 ? `, ${formatCount(current.failed_count)} rejected: see Background Tasks` : '';
					say(`imported ${formatCount(current.done_count)} ${current.done_count === 1 ? 'log' : 'logs'}${rejected}${remedy === null ? '' : `; ${remedy}`}`, current.failed_count > 0 ? 'failure' : 'note');
				}
			} catch (error) {
				if (!abort.signal.aborted) {
					say(describeFailure(error), 'failure');
				}
			}
		};

		void look();
		const unsubscribe = notices.subscribe(notice => {
			if (notice.kind === 'store-changed') {
				void look();
			}
		});
		return () => {
			abort.abort();
			unsubscribe();
		};
		// Follows one task; what it calls is read as it is then.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [id]);

	return {
		startImport(path) {
			start(async () => services.startImport({path}));
		},
		startSample() {
			start(async () => services.startSample());
		},
		isImporting: task !== null,
	};
};

const minuteMs = 60_000;

/** The range of an import's result as a query in project time: whole days where it spans several, else whole minutes. */
const rangeQuery = (result: unknown, timezone: string): string => {
	const {oldest, newest} = (typeof result === 'object' && result !== null ? result : {}) as {readonly oldest?: unknown; readonly newest?: unknown};
	const from = instantOf(oldest);
	const to = instantOf(newest);
	if (from === null || to === null) {
		return '';
	}

	const [first, last] = [localOf(from, timezone), localOf(to, timezone)];
	if (formatDate(first) !== formatDate(last)) {
		return `since:${formatDate(first)} until:${formatDate(addDays(last, 1))}`;
	}

	return `since:${queryDateOf(Math.floor(from / minuteMs) * minuteMs, timezone)} until:${queryDateOf(Math.floor(to / minuteMs) * minuteMs + minuteMs, timezone)}`;
};

const instantOf = (value: unknown): number | null => {
	const at = typeof value === 'string' ? Date.parse(value) : value;
	return typeof at === 'number' && Number.isFinite(at) ? at : null;
};
