/** A tree of paths, compiled: states are numbers, 0 leads nowhere, 1 is the root. */
export type JsonPaths = {
	readonly key: (state: number, name: string) => number;
	readonly item: (state: number) => number;
	/** The path that ends here: its index in the list; -1 for none. */
	readonly pathAt: (state: number) => number;
};

type Step = {readonly members: Map<string, number>; item: number; path: number};

/** Compiles paths such as `customer.source_id` and `redemptions[].customer.id`, to be followed during a scan. */
export const compilePaths = (paths: readonly string[]): JsonPaths => {
	const steps: Step[] = [];
	const create = (): number => steps.push({members: new Map(), item: 0, path: -1}) - 1;
	create();
	const root = create();
	for (const [index, path] of paths.entries()) {
		let state = root;
		for (const part of path.split(/\.|(?=\[\])/)) {
			const step = steps[state];
			if (step === undefined) continue;
			const known = part === '[]' ? step.item : step.members.get(part) ?? 0;
			const next = known === 0 ? create() : known;
			if (part === '[]') step.item = next;
			else step.members.set(part, next);
			state = next;
		}

		const last = steps[state];
		if (last !== undefined) last.path = index;
	}

	return {
		key: (state, name) => steps[state]?.members.get(name) ?? 0,
		item: state => steps[state]?.item ?? 0,
		pathAt: state => steps[state]?.path ?? -1,
	};
};
