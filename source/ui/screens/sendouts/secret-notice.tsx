import {type EndpointSecret} from '../../../services/services.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {useSurroundings} from '../../services-context.ts';
import {copyText} from '../../terminal/copy-text.ts';

type SecretNoticeProps = {
	readonly made: EndpointSecret;
	/** The secret before it still signs for a while. */
	readonly isRotated: boolean;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	/** Shows this again: the copy was sent, but whether it arrived cannot be known. */
	readonly onStay: () => void;
};

/** A secret, this once. */
export const SecretNotice = ({made: {endpoint, secret}, isRotated, width, height, onClose, onStay}: SecretNoticeProps) => {
	const surroundings = useSurroundings();
	return (
		<Menu
			title={isRotated ? `New secret of ${endpoint.id}` : `Endpoint ${endpoint.id} added`} width={width} height={height} onClose={onClose}
			about={[
				endpoint.target_url, '', secret, '',
				'The receiver verifies signatures with this secret. Keep it now: it is shown this once.',
				...(isRotated ? ['The one before signs beside it for 24 hours, so that the receiver can change over.'] : []),
				'',
			]}
			items={[
				{label: 'Copy the secret', key: 'c', hint: 'sent to the terminal’s clipboard', run() {
					onStay();
					void copyText({what: 'secret', text: secret, name: `${endpoint.id}-secret`, suffix: 'txt'}, surroundings);
				}},
				{label: 'Done, it is kept', key: 'd', run() {
					// Closing is all.
				}},
			]}
		/>
	);
};
