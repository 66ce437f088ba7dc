import {Menu} from './menu.tsx';

type ConfirmProps = {
	/** The question. */
	readonly title: string;
	/** What saying yes does. */
	readonly yes: string;
	readonly no?: string;
	readonly width: number;
	readonly height: number;
	readonly onYes: () => void;
	readonly onClose: () => void;
};

/** Asks before anything is destroyed or sent; Enter alone leaves it. */
export const Confirm = ({title, yes, no = 'No, leave it', width, height, onYes, onClose}: ConfirmProps) => (
	<Menu
		title={title} width={width} height={height} onClose={onClose}
		items={[
			{label: no, key: 'n', run() {
				// Nothing happens.
			}},
			{label: yes, key: 'y', run: onYes},
		]}
	/>
);
