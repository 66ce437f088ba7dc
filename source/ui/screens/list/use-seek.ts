import {useRef, useState} from 'react';
import {type Tab} from '../../../domain/records.ts';
import {type PageRequest, type Position, type Row} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';

export type Seek = {
	/** Looks for the nearest record in that direction that also matches `and`, in bounded steps; null when there is none. */
	readonly find: <T extends Tab>(request: Pick<PageRequest<T>, 'tab' | 'query' | 'and' | 'direction' | 'from'>) => Promise<Row<T> | null>;
	readonly isSeeking: boolean;
	readonly stop: () => void;
};

/** One search at a time; a new one ends the one before. */
export const useSeek = (): Seek => {
	const {services, say} = useSurroundings();
	const running = useRef<AbortController | null>(null);
	const [isSeeking, setSeeking] = useState(false);

	const stop = () => {
		running.current?.abort();
		running.current = null;
		setSeeking(false);
	};

	const find: Seek['find'] = async request => {
		stop();
		const abort = new AbortController();
		running.current = abort;
		setSeeking(true);
		try {
			let {from} = request;
			for (;;) {
				const page = await services.page({...request, isWithoutDefault: true, limit: 1, ...(from ? {from} : {})}, abort.signal);
				if (abort.signal.aborted) {
					return null;
				}

				if (page.rows[0]) {
					return page.rows[0];
				}

				if (page.next === null) {
					return null;
				}

				from = page.next satisfies Position;
			}
		} catch (error) {
			if (!abort.signal.aborted) {
				say(describeFailure(error), 'failure');
			}

			return null;
		} finally {
			if (running.current === abort) {
				running.current = null;
				setSeeking(false);
			}
		}
	};

	return {find, isSeeking, stop};
};
