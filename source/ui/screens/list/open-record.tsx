import {Box, Text} from 'ink';
import {type Tab} from '../../../domain/records.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Settings} from '../../../services/services.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {type Handler} from '../../keymap/binding.ts';
import {useSurroundings} from '../../services-context.ts';
import {Detail} from '../detail/detail.tsx';

type OpenRecordProps = {
	readonly tab: Tab;
	readonly id: string;
	readonly width: number;
	readonly height: number;
	readonly placement: 'below' | 'beside' | 'over';
	readonly settings: Settings | null;
	/** Grows when the store changed: records of some tabs change in place. */
	readonly version: number;
	readonly isFocused: boolean;
	/** Of the list, for the command line that shows the same. */
	readonly query: string;
	/** Of a sendout. */
	readonly retry?: Handler | undefined;
	readonly onClose: () => void;
	readonly onMove: (by: number) => void;
	readonly onZoom: () => void;
	readonly onNavigate: (tab: Tab, query: string, openId?: string) => void;
};

const noNames: Readonly<Record<string, string>> = {};

/** The record under the cursor, loaded whole. */
export const OpenRecord = ({tab, id, width, height, placement, settings, version, isFocused, query, retry, onClose, onMove, onZoom, onNavigate}: OpenRecordProps) => {
	const {services} = useSurroundings();
	const {value, failure, isLoading} = useResource(`${tab} ${id} ${tab === 'logs' ? 0 : version}`, async signal => services.record({tab, id}, signal));
	if (failure !== null || (value === null && !isLoading)) {
		const text = failure ?? `${id} is no longer in the store`;
		return <Box width={width} height={height}><Text wrap='truncate'> {makeSafe(text)}</Text></Box>;
	}

	return (
		<Detail
			detail={value} keyNames={settings?.keyNames ?? noNames} width={width} height={height} placement={placement} isFocused={isFocused} query={query} retry={retry}
			onClose={onClose} onZoom={onZoom}
			onRelated={related => {
				onNavigate(related.tab, `id:${related.id}`, related.id);
			}}
			onPrevious={() => {
				onMove(-1);
			}}
			onNext={() => {
				onMove(1);
			}}
		/>
	);
};
