import {type EndpointHealth, type EndpointSecret} from '../../../services/services.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';
import {type EndpointAction} from './endpoint-confirmation.ts';

type EndpointActionsInput = {
	readonly onChanged: () => void;
	readonly onSecret: (made: EndpointSecret) => void;
	/** A test event was made, and this is its sendout. */
	readonly onTest: (sendoutId: string) => void;
};

/** Does to an endpoint what was said yes to, and says what came of it. */
export const useEndpointActions = ({onChanged, onSecret, onTest}: EndpointActionsInput): (action: EndpointAction, of: EndpointHealth) => void => {
	const {services, say} = useSurroundings();
	return (action, {endpoint: {id}}) => {
		const run: Readonly<Record<EndpointAction, () => Promise<void>>> = {
			async test() {
				const {sendoutId} = await services.testEndpoint({id});
				onTest(sendoutId);
			},
			async enable() {
				await services.setEndpointActive({id, isActive: true});
				say(`${id} is enabled`);
			},
			async disable() {
				await services.setEndpointActive({id, isActive: false});
				say(`${id} is disabled`);
			},
			async rotate() {
				onSecret(await services.rotateSecret({id}));
			},
			async remove() {
				const {canceled} = await services.removeEndpoint({id});
				say(`${id} is removed${canceled === 0 ? '' : `, ${formatCount(canceled)} waiting ${canceled === 1 ? 'sendout' : 'sendouts'} canceled`}`);
			},
		};
		run[action]().then(onChanged, (error: unknown) => {
			say(describeFailure(error), 'failure');
		});
	};
};
