import {Menu} from './menu.tsx';

type ConfirmProps = {
	/** The question. */
	readonly title: string;
	/** Lines below the question: what it is about. */
	readonly about?: readonly string[] | undefined;
	/** What saying yes does. */
	readonly yes: string;
	readonly no?: string;
	readonly width: number;
	readonly height: number;
	readonly onYes: () => void;
	readonly onClose: () => void;
};

/** Asks before anything is destroyed or sent; Enter alone leaves it. */
export const Confirm = ({title, about, yes, no = 'No, leave it', width, height, onYes, onClose}: ConfirmProps) => (
	<Menu
		title={title} about={about} width={width} height={height} onClose={onClose}
		items={[
			{label: no, key: 'n', run() {
				// Nothing happens.
			}},
			{label: yes, key: 'y', run: onYes},
		]}
	/>
);
