/** How what was planned is to be sent. */
export type PlanOptions = {
	/** Sendouts that succeeded too. */
	readonly isForced: boolean;
	/** Sendouts a second at most. */
	readonly ratePerSecond: number;
};

export type PlanDialogState = PlanOptions & {
	readonly rows: ReadonlyArray<'force' | 'rate'>;
	/** Index among the rows. */
	readonly cursor: number;
};

export type PlanDialogAction =
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'change'; readonly by: 1 | -1};

const rates = [1, 5, 10, 25, 50, 100, 250, 1000];
const usualRate = 50;

export const planDialogOf = (canForce: boolean): PlanDialogState => ({rows: canForce ? ['force', 'rate'] : ['rate'], cursor: 0, isForced: false, ratePerSecond: usualRate});

export const reducePlanDialog = (state: PlanDialogState, action: PlanDialogAction): PlanDialogState => {
	if (action.type === 'move') {
		return {...state, cursor: (state.cursor + action.by + state.rows.length) % state.rows.length};
	}

	if (state.rows[state.cursor] === 'force') {
		return {...state, isForced: !state.isForced};
	}

	const at = rates.indexOf(state.ratePerSecond);
	return {...state, ratePerSecond: rates[(at + action.by + rates.length) % rates.length] ?? usualRate};
};
