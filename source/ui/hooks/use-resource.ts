import {useEffect, useState} from 'react';
import {describeFailure} from '../failure-text.ts';

export type Resource<T> = {
	/** The last answer; it stays while a newer one is being loaded. */
	readonly value: T | null;
	readonly failure: string | null;
	readonly isLoading: boolean;
};

/**
 * Loads what `key` names, and again when it changes; `null` loads nothing. An answer that is no longer wanted is dropped
 * and its question withdrawn.
 */
export const useResource = <T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Resource<T> => {
	const [resource, setResource] = useState<Resource<T> & {readonly key: string | null}>({key: null, value: null, failure: null, isLoading: key !== null});
	useEffect(() => {
		if (key === null) {
			setResource(before => before.key === null && before.value === null && !before.isLoading ? before : {key: null, value: null, failure: null, isLoading: false});
			return undefined;
		}

		const abort = new AbortController();
		(async () => {
			try {
				const value = await load(abort.signal);
				if (!abort.signal.aborted) {
					setResource({key, value, failure: null, isLoading: false});
				}
			} catch (error) {
				if (!abort.signal.aborted) {
					setResource(before => ({...before, key, failure: describeFailure(error), isLoading: false}));
				}
			}
		})().catch(() => undefined);
		return () => {
			abort.abort();
		};
		// `key` stands for everything that `load` reads.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [key]);

	return resource;
};
