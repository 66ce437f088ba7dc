import {useMemo, useReducer, useState} from 'react';
import {Box, Text} from 'ink';
import {type RecordDetail, type Related} from '../../../services/services.ts';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {type TreeAction} from '../../components/json-tree/tree-state.ts';
import {openRecord, rebase, reduceDetail, type DetailAction, type RecordState} from './detail-state.ts';
import {headLines, headOf} from './head.ts';
import {layoutPanes} from './layout.ts';
import {PaneView, treeViewOf} from './pane-view.tsx';
import {panesOf} from './panes-of.ts';

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
};

/** One record: what it is, and its parts. It takes the focus while it is open. */
export const Detail = (props: DetailProps) => {
	const {detail, width, height, placement} = props;
	const theme = useTheme();
	const inner = {width: width - (placement === 'beside' ? 2 : 0), height: height - (placement === 'below' ? 1 : 0)};
	const body = detail === null
		? <Reading {...props} width={inner.width} height={inner.height} />
		: <OpenDetail {...props} detail={detail} width={inner.width} height={inner.height} />;
	if (placement === 'beside') {
		return (
			<Box width={width} height={height} flexShrink={0} overflow='hidden'>
				<Box flexDirection='column' width={2} flexShrink={0}>
					{Array.from({length: height}, (_, row) => <Text key={row}>{theme.paint('secondary', verticalLine(theme.signs.line))}</Text>)}
				</Box>
				{body}
			</Box>
		);
	}

	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} overflow='hidden'>
			{placement === 'below' && <Text wrap='truncate'>{theme.paint('secondary', theme.signs.line.repeat(width))}</Text>}
			{body}
		</Box>
	);
};

const verticalLine = (line: string): string => line === '-' ? '|' : '│';

const Reading = ({width, height, isFocused, onClose}: DetailProps) => {
	const theme = useTheme();
	useKeys('detail', {close: onClose}, {isActive: isFocused});
	return <Box width={width} height={height}><Text wrap='truncate'>{theme.paint('secondary', ' reading the record')}</Text></Box>;
};

const mostHeadLines = 7;

const OpenDetail = ({detail: given, width, height, isFocused, keyNames, onClose, onPrevious, onNext, onZoom}: DetailProps & {readonly detail: RecordDetail}) => {
	const theme = useTheme();
	const {zone, zones} = useTimeView();
	const {services, say} = useSurroundings();
	const [whole, setWhole] = useState<RecordDetail | null>(null);
	const [isSearching, setIsSearching] = useState(false);
	const [isWrapped, setIsWrapped] = useState(false);
	const key = `${given.tab} ${given.record.id}`;
	const detail = whole !== null && `${whole.tab} ${whole.record.id}` === key ? whole : given;
	const {value: related} = useResource(key, async signal => services.related({tab: given.tab, id: given.record.id}, signal));

	const panes = useMemo(() => panesOf(detail, zone), [detail, zone]);
	const groups = headOf({detail, related: related ?? [], keyNames, zones, signs: theme.signs, response: panes[1]?.document ?? null});
	const head = headLines(groups, {width, rows: Math.min(mostHeadLines, Math.max(2, Math.floor(height / 3))), theme});
	const panesHeight = Math.max(2, height - head.length - (isSearching ? 1 : 0));

	const [records, dispatch] = useReducer(reduceDetail, new Map<string, RecordState>());
	const roomFor = (pane: number) => {
		const {places} = layoutPanes({width, height: panesHeight, count: panes.length, focus: pane});
		const place = places.find(one => one.pane === pane) ?? {width, height: panesHeight - 1};
		return treeViewOf(panes[pane]!, place.width, place.height, isWrapped);
	};

	const views = panes.map((_, index) => roomFor(index));
	const kept = records.get(key);
	const room = views[0]!.height;
	// Its size decides only how a record opens, so that it is not folded anew when the screen is resized.
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const opened = useMemo(() => openRecord(panes, room, given.tab === 'logs' && panes[1]?.document ? 1 : 0), [key]);
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const current = useMemo(() => rebase(kept ?? opened, panes, views[0]!), [kept, opened, panes]);
	const layout = layoutPanes({width, height: panesHeight, count: panes.length, focus: current.focus});

	const act = (action: DetailAction) => {
		dispatch({key, current, action, views});
	};

	const move = (action: TreeAction) => () => {
		act({type: 'tree', action});
	};

	/** Runs once the record is there with nothing cut off. */
	const withWhole = (run: () => void) => {
		if (detail.cut === undefined || Object.keys(detail.cut).length === 0) {
			run();
			return;
		}

		services.record({tab: given.tab, id: given.record.id, isWhole: true}).then(read => {
			if (read) {
				setWhole(read);
			}

			run();
		}).catch((error: unknown) => {
			say(error instanceof Error ? error.message : String(error), 'failure');
		});
	};

	useKeys('detail', {
		down: move({type: 'moved', by: 1}),
		up: move({type: 'moved', by: -1}),
		halfDown: move({type: 'paged', by: 0.5}),
		halfUp: move({type: 'paged', by: -0.5}),
		pageDown: move({type: 'paged', by: 1}),
		pageUp: move({type: 'paged', by: -1}),
		first: move({type: 'first'}),
		last: move({type: 'last'}),
		fold: move({type: 'fold'}),
		unfold: move({type: 'unfold'}),
		foldAll: move({type: 'foldAll'}),
		unfoldAll: move({type: 'unfoldAll'}),
		nextSibling: move({type: 'sibling', by: 1}),
		previousSibling: move({type: 'sibling', by: -1}),
		wrap() {
			setIsWrapped(before => !before);
		},
		previous: onPrevious,
		next: onNext,
		nextPart() {
			act({type: 'focusMoved', by: 1});
		},
		previousPart() {
			act({type: 'focusMoved', by: -1});
		},
		search() {
			withWhole(() => {
				setIsSearching(true);
			});
		},
		nextMatch() {
			act({type: 'matchMoved', by: 1});
		},
		previousMatch() {
			act({type: 'matchMoved', by: -1});
		},
		zoom: onZoom,
		close: onClose,
	}, {isActive: isFocused && !isSearching});

	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} overflow='hidden'>
			{head.map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
			<Box flexDirection={layout.direction} width={width} height={panesHeight} flexShrink={0}>
				{layout.places.map(({pane, width: paneWidth, height: paneHeight}, index) => (
					<PaneView
						key={pane} pane={panes[pane]!} tree={current.trees[pane] ?? null} width={paneWidth} height={paneHeight} isWrapped={isWrapped}
						isFocused={isFocused && pane === current.focus}
						others={index === layout.places.length - 1 ? layout.others.map(other => panes[other]!.name) : []}
					/>
				))}
			</Box>
			{isSearching && (
				<Prompt
					label='/' width={width} initial=''
					onSubmit={query => {
						setIsSearching(false);
						act({type: 'searched', query});
					}}
					onCancel={() => {
						setIsSearching(false);
					}}
				/>
			)}
		</Box>
	);
};
