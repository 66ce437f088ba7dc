import {type Tab} from '../../../domain/records.ts';
import {useSurroundings} from '../../services-context.ts';
import {type ListControl} from '../list/use-list-keys.ts';
import {PlanDialog} from './plan-dialog.tsx';

type RetryDialogProps<T extends Tab> = {
	readonly control: ListControl<T>;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** Retries all that are marked, or else all that match the query. */
export const RetryDialog = <T extends Tab>({control: {state}, width, height, onClose}: RetryDialogProps<T>) => {
	const {services} = useSurroundings();
	const {query} = state.listing;
	const ids = [...state.marks];
	const what = ids.length > 0 ? {ids} : {query};
	return (
		<PlanDialog
			title='Retry sendouts' subject={ids.length > 0 ? `${ids.length} marked` : (query === '' ? 'everything stored' : query)} canForce width={width} height={height} onClose={onClose}
			plan={async ({isForced}) => services.planRetry({...what, isForced})}
			start={async ({isForced, ratePerSecond}) => services.startRetry({...what, isForced, ratePerSecond})}
		/>
	);
};
