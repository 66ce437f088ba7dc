import {type EndpointHealth} from '../../../services/services.ts';
import {useSurroundings} from '../../services-context.ts';
import {PlanDialog} from './plan-dialog.tsx';

type ReplayDialogProps = {
	readonly of: EndpointHealth;
	readonly since: string;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** Sends everything to one endpoint again that was made since a time, successes too. */
export const ReplayDialog = ({of: {endpoint}, since, width, height, onClose}: ReplayDialogProps) => {
	const {services} = useSurroundings();
	const what = {endpoint: endpoint.id, since};
	return (
		<PlanDialog
			title={`Replay to ${endpoint.id}`} subject={`everything since ${since}`} canForce={false} width={width} height={height} onClose={onClose}
			plan={async () => services.planReplay(what)}
			start={async ({ratePerSecond}) => services.startReplay({...what, ratePerSecond})}
		/>
	);
};
