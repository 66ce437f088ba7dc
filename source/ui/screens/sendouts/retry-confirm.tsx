import {type SendoutSummary} from '../../../domain/records.ts';
import {Confirm} from '../../components/menu/confirm.tsx';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';

type RetryConfirmProps = {
	readonly sendout: SendoutSummary;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** Asks before one sendout is sent again; of one that succeeded, whether that is to be forced. */
export const RetryConfirm = ({sendout, width, height, onClose}: RetryConfirmProps) => {
	const {services, say} = useSurroundings();
	const isForced = sendout.status === 'success';
	const attempts = `${sendout.attempts} ${sendout.attempts === 1 ? 'attempt' : 'attempts'}`;
	return (
		<Confirm
			title={`Retry sendout ${sendout.id}?`} width={width} height={height} onClose={onClose}
			about={[
				`${sendout.type}, ${sendout.status}, ${attempts}`,
				`to ${sendout.target_url ?? 'an unknown URL'} (${sendout.source_id ?? 'no endpoint'})`,
				...(isForced ? ['It succeeded: by force the receiver gets it a second time.'] : []),
				'The delivery ID stays the same, so that the receiver can tell.',
			]}
			yes={isForced ? 'Yes, force it' : 'Yes, send it now'}
			onYes={() => {
				services.retrySendout({id: sendout.id, isForced}).then(({sendoutId, attempt}) => {
					say(`attempt ${attempt} is on its way, under delivery ID ${sendoutId}`);
				}, (error: unknown) => {
					say(describeFailure(error), 'failure');
				});
			}}
		/>
	);
};
