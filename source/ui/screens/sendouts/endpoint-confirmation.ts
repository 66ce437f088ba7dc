import {type EndpointHealth} from '../../../services/services.ts';
import {formatCount} from '../../../domain/text/format-number.ts';

export type EndpointAction = 'test' | 'enable' | 'disable' | 'rotate' | 'remove';

export type Confirmation = {readonly title: string; readonly about: readonly string[]; readonly yes: string};

/** The question before something is done to an endpoint, and what would come of it. */
export const endpointConfirmation = (action: EndpointAction, {endpoint: {id, target_url: url}, waiting}: EndpointHealth): Confirmation => {
	const waitingText = `${formatCount(waiting)} ${waiting === 1 ? 'sendout waits' : 'sendouts wait'} for it.`;
	switch (action) {
		case 'test': {
			return {title: `Send a test event to ${id}?`, about: [url, 'What comes back is then shown.'], yes: 'Yes, send it'};
		}

		case 'enable': {
			return {title: `Enable ${id}?`, about: [url, waiting === 0 ? 'New events are sent to it again.' : `${waitingText} They are sent, and new events too.`], yes: 'Yes, enable it'};
		}

		case 'disable': {
			return {title: `Disable ${id}?`, about: [url, `${waiting === 0 ? '' : `${waitingText} They stay. `}New events make no sendout to it until it is enabled.`], yes: 'Yes, disable it'};
		}

		case 'rotate': {
			return {title: `Rotate the secret of ${id}?`, about: [url, 'A new secret is made and shown once; the receiver has to learn it.'], yes: 'Yes, make a new secret'};
		}

		case 'remove': {
			return {
				title: `Remove ${id}?`,
				about: [url, waiting === 0 ? 'No sendout waits for it. Those that were sent stay listed.' : `${waitingText} They are canceled. Those that were sent stay listed.`],
				yes: 'Yes, remove it',
			};
		}
	}
};
