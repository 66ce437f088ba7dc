import {type Overview, type Services} from './services.ts';

/**
 * Calls `onChange` when the store's revisions differ from those seen last. The next look begins only when the one
 * before has ended, so that a slow store is not asked more than it answers. A look that fails is left to the next one:
 * whoever asks the store for records hears of the fault there.
 */
export const watchChanges = ({services, everyMs, onChange}: {
	readonly services: Pick<Services, 'overview'>;
	readonly everyMs: number;
	readonly onChange: (revisions: Overview['revisions']) => void;
}): {readonly stop: () => void} => {
	const stopping = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	let seen: string | null = null;

	const look = async (): Promise<void> => {
		try {
			const {revisions} = await services.overview(stopping.signal);
			const now = JSON.stringify(revisions);
			const isChanged = seen !== null && seen !== now;
			seen = now;
			if (isChanged && !stopping.signal.aborted) {
				onChange(revisions);
			}
		} catch {
			// Said above.
		}

		if (!stopping.signal.aborted) {
			timer = setTimeout(() => void look(), everyMs);
		}
	};

	void look();
	return {
		stop() {
			clearTimeout(timer);
			stopping.abort();
		},
	};
};
