import {type RecordDetail, type Related} from '../../../services/services.ts';
import {type Handler} from '../../keymap/binding.ts';

export type DetailPlacement = 'below' | 'beside' | 'over';

export type DetailProps = {
	/** Null while it is being read. */
	readonly detail: RecordDetail | null;
	/** Terminal cells and rows, the line that parts it from the list included. */
	readonly width: number;
	readonly height: number;
	readonly isFocused: boolean;
	/** `below` begins with a line across, `beside` with one down its left side. */
	readonly placement: DetailPlacement;
	/** Names of API keys by their ID. */
	readonly keyNames: Readonly<Record<string, string>>;
	readonly onClose: () => void;
	readonly onPrevious?: (() => void) | undefined;
	readonly onNext?: (() => void) | undefined;
	readonly onZoom?: (() => void) | undefined;
	/** Goes to a related record. */
	readonly onRelated?: ((related: Related) => void) | undefined;
	/** Asks whether to send it again; why that cannot be is said instead. */
	readonly retry?: Handler | undefined;
	/** Query of the list that it was opened from, for the command line that shows the same. */
	readonly query?: string | undefined;
};
