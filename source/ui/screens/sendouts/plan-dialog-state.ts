/** How what was planned is to be sent. */
export type PlanOptions = {
	/** Sendouts that succeeded too. */
	readonly isForced: boolean;
	/** Sendouts a second at most; null for as fast as the endpoints take them. */
	readonly ratePerSecond: number | null;
};

export type PlanDialogState = PlanOptions & {
	readonly rows: ReadonlyArray<'force' | 'rate'>;
	/** Index among the rows. */
	readonly cursor: number;
};

export type PlanDialogAction =
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'change'; readonly by: 1 | -1};

const rates = [null, 1, 5, 10, 25, 50, 100, 250] as const;

export const planDialogOf = (canForce: boolean): PlanDialogState => ({rows: canForce ? ['force', 'rate'] : ['rate'], cursor: 0, isForced: false, ratePerSecond: null});

export const reducePlanDialog = (state: PlanDialogState, action: PlanDialogAction): PlanDialogState => {
	if (action.type === 'move') {
		return {...state, cursor: (state.cursor + action.by + state.rows.length) % state.rows.length};
	}

	if (state.rows[state.cursor] === 'force') {
		return {...state, isForced: !state.isForced};
	}

	const at = rates.findIndex(rate => rate === state.ratePerSecond);
	return {...state, ratePerSecond: rates[(at + action.by + rates.length) % rates.length] ?? null};
};
