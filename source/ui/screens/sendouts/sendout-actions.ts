import {type SendoutSummary} from '../../../domain/records.ts';
import {type Handlers} from '../../keymap/binding.ts';
import {type Overlay} from '../list/list-props.ts';

type SendoutActionsInput = {
	readonly sendout: SendoutSummary | undefined;
	readonly setOverlay: (overlay: Overlay) => void;
	/** Why nothing can be changed. */
	readonly readOnly: string | undefined;
};

/** What can be done with sendouts: one sent again, many, and the endpoints that they go to. */
export const sendoutActions = ({sendout, setOverlay, readOnly}: SendoutActionsInput): Handlers => {
	const noSendout = sendout ? undefined : 'no sendout is listed';
	return {
		retry: {
			run() {
				if (sendout) {
					setOverlay({kind: 'retry', sendout});
				}
			},
			disabledReason: readOnly ?? noSendout ?? (sendout?.status === 'canceled' ? 'it was canceled: its endpoint was removed' : undefined),
		},
		retryAll: {
			run() {
				setOverlay({kind: 'retryAll'});
			},
			disabledReason: readOnly ?? noSendout,
		},
		endpoints() {
			setOverlay({kind: 'endpoints'});
		},
	};
};
