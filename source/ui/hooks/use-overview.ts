import {useCallback, useEffect, useRef, useState} from 'react';
import {type Overview, type Settings} from '../../services/services.ts';
import {describeFailure} from '../failure-text.ts';
import {type Surroundings} from '../services-context.ts';

const pauseMs = 500;

/** What the frame shows of the whole store: read at the start, and again when the store says that it changed. */
export const useOverview = ({services, notices, say, now}: Pick<Surroundings, 'services' | 'notices' | 'say' | 'now'>): {readonly overview: Overview | null; readonly settings: Settings | null; readonly asOf: number; readonly readAgain: () => void} => {
	const [state, setState] = useState<{readonly overview: Overview | null; readonly settings: Settings | null; readonly asOf: number}>({overview: null, settings: null, asOf: now()});

	const reading = useRef<(() => void) | null>(null);
	const readAgain = useCallback(() => {
		reading.current?.();
	}, []);

	useEffect(() => {
		const abort = new AbortController();
		let timer: NodeJS.Timeout | undefined;
		const read = async () => {
			try {
				const [overview, settings] = await Promise.all([services.overview(abort.signal), services.settings()]);
				if (!abort.signal.aborted) {
					setState(before => ({
						overview: JSON.stringify(before.overview) === JSON.stringify(overview) ? before.overview : overview,
						settings: JSON.stringify(before.settings) === JSON.stringify(settings) ? before.settings : settings,
						asOf: now(),
					}));
				}
			} catch (error) {
				if (!abort.signal.aborted) {
					say(describeFailure(error), 'failure');
				}
			}
		};

		reading.current = () => void read();
		void read();
		const unsubscribe = notices.subscribe(notice => {
			if (notice.kind === 'store-changed') {
				timer ??= setTimeout(() => {
					timer = undefined;
					void read();
				}, pauseMs);
			} else {
				const what = notice.child === 'store' ? 'the store’s process' : 'the worker';
				say(notice.kind === 'child-restarted' ? `${what} ended and was started again (${notice.reason})` : `${what} cannot be started (${notice.reason})`, 'failure');
			}
		});
		return () => {
			abort.abort();
			clearTimeout(timer);
			unsubscribe();
		};
	}, [services, notices, say, now]);

	return {...state, readAgain};
};
