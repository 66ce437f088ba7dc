import {useMemo, useReducer, useState} from 'react';
import {Box, Text} from 'ink';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type RecordDetail, type Related} from '../../../services/services.ts';
import {pathOf, sourceOf, valueOf} from '../../components/json-tree/tree-document.ts';
import {type TreeState} from '../../components/json-tree/tree-model.ts';
import {findMatches} from '../../components/json-tree/tree-search.ts';
import {type TreeAction} from '../../components/json-tree/tree-state.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {type Handler} from '../../keymap/binding.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {describeFailure} from '../../failure-text.ts';
import {openInEditor, openInPager} from '../../terminal/run-program.ts';
import {printAndWait} from '../../terminal/print-text.ts';
import {type Selection} from './copy-items.ts';
import {CopyMenu} from './copy-menu.tsx';
import {lineUnderCursor, openRecord, rebase, reduceDetail, type DetailAction, type RecordState} from './detail-state.ts';
import {headLines, headOf} from './head.ts';
import {layoutPanes} from './layout.ts';
import {PaneView, treeViewOf} from './pane-view.tsx';
import {panesOf} from './panes-of.ts';
import {paneText, recordText} from './record-text.ts';
import {attemptsPane, differencePaneName} from './sendout-panes.ts';

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
					{Array.from({length: height}, (_, row) => <Text key={row}>{theme.paint('secondary', theme.signs.rule)}</Text>)}
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

const Reading = ({width, height, isFocused, onClose}: DetailProps) => {
	const theme = useTheme();
	useKeys('detail', {close: onClose}, {isActive: isFocused});
	return <Box width={width} height={height}><Text wrap='truncate'>{theme.paint('secondary', ' reading the record')}</Text></Box>;
};

const mostHeadLines = 7;

const OpenDetail = ({detail: given, width, height, placement, isFocused, keyNames, query, onClose, onPrevious, onNext, onZoom, onRelated, retry}: DetailProps & {readonly detail: RecordDetail}) => {
	const theme = useTheme();
	const {zone, zones} = useTimeView();
	const surroundings = useSurroundings();
	const {services, say} = surroundings;
	const [whole, setWhole] = useState<RecordDetail | null>(null);
	const [overlay, setOverlay] = useState<'none' | 'search' | 'copy' | 'related'>('none');
	const [isWrapped, setIsWrapped] = useState(false);
	const isBeside = placement === 'beside';
	const key = `${given.tab} ${given.record.id}`;
	const detail = whole !== null && `${whole.tab} ${whole.record.id}` === key ? whole : given;
	const {value: related} = useResource(key, async signal => services.related({tab: given.tab, id: given.record.id}, signal));

	const [records, dispatch] = useReducer(reduceDetail, new Map<string, RecordState>());
	const kept = records.get(key);
	const [mark, setMark] = useState<{readonly key: string; readonly line: number} | null>(null);
	const selected = lineUnderCursor(kept, attemptsPane);
	const base = mark?.key === key ? mark.line : null;
	const isCompared = kept?.panes[kept.focus]?.name === differencePaneName;
	const panes = useMemo(() => panesOf(detail, zone, theme.signs, {selected, base, isCompared}), [detail, zone, theme, selected, base, isCompared]);
	const groups = headOf({detail, related: related ?? [], keyNames, zones, signs: theme.signs, response: panes[1]?.document ?? null});
	const head = headLines(groups, {width, rows: Math.min(mostHeadLines, Math.max(2, Math.floor(height / 3))), theme});
	const panesHeight = Math.max(2, height - head.length - (overlay === 'search' ? 1 : 0));

	const firstRows = panes[0]?.name === attemptsPane ? Math.max(1, (panes[0].document?.nodes.length ?? 0) - 1) : undefined;
	const roomFor = (pane: number) => {
		const {places} = layoutPanes({width, height: panesHeight, count: panes.length, focus: pane, isBeside, firstRows});
		const place = places.find(one => one.pane === pane) ?? {width, height: panesHeight - 1};
		return treeViewOf(panes[pane]!, place.width, place.height, isWrapped);
	};

	const views = panes.map((_, index) => roomFor(index));
	const room = views[0]!.height;
	// Its size decides only how a record opens, so that it is not folded anew when the screen is resized.
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const opened = useMemo(() => openRecord(panes, room, given.tab === 'logs' && panes[1]?.document ? 1 : 0), [key]);
	// eslint-disable-next-line react-hooks/exhaustive-deps
	const current = useMemo(() => rebase(kept ?? opened, panes, views[0]!), [kept, opened, panes]);
	const layout = layoutPanes({width, height: panesHeight, count: panes.length, focus: current.focus, isBeside, firstRows});

	const act = (action: DetailAction) => {
		dispatch({key, current, action, views});
	};

	const move = (action: TreeAction) => () => {
		act({type: 'tree', action});
	};

	/** Runs with the record once nothing is cut off. */
	const withWhole = (run: (record: RecordDetail) => void) => {
		if (detail.cut === undefined || Object.keys(detail.cut).length === 0) {
			run(detail);
			return;
		}

		services.record({tab: given.tab, id: given.record.id, isWhole: true}).then(read => {
			setWhole(read);
			run(read ?? detail);
		}).catch((error: unknown) => {
			say(describeFailure(error), 'failure');
		});
	};

	const openPane = (open: typeof openInEditor) => () => {
		withWhole(record => {
			const pane = panesOf(record, zone)[current.focus]!;
			void open({name: `${record.record.id}-${pane.name}`, ...paneText(pane)}, surroundings);
		});
	};

	const tree = current.trees[current.focus];
	const close = () => {
		setOverlay('none');
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
				setOverlay('search');
			});
		},
		nextMatch() {
			act({type: 'matchMoved', by: 1});
		},
		previousMatch() {
			act({type: 'matchMoved', by: -1});
		},
		copy() {
			setOverlay('copy');
		},
		mark: panes[0]?.name === attemptsPane ? () => {
			const line = lineUnderCursor(current, attemptsPane);
			setMark(line === null || line === base ? null : {key, line});
		} : undefined,
		retry,
		editor: openPane(openInEditor),
		pager: openPane(openInPager),
		print() {
			withWhole(record => {
				void printAndWait(recordText({detail: record, related: related ?? [], keyNames, zone, zones, signs: theme.signs}), surroundings);
			});
		},
		related: {
			run() {
				setOverlay('related');
			},
			disabledReason: onRelated && related?.length === 0 ? 'nothing is related to this record' : undefined,
		},
		zoom: onZoom,
		close: onClose,
	}, {isActive: isFocused && overlay === 'none'});

	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} overflow='hidden'>
			{head.map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
			{overlay === 'copy'
				? <CopyMenu tab={given.tab} id={given.record.id} query={query} selection={tree ? selectionOf(tree) : undefined} width={width} height={panesHeight} onClose={close} />
				: overlay === 'related'
					? <Menu title={`Related to ${given.record.id}`} items={relatedItems(related ?? [], onRelated)} width={width} height={panesHeight} onClose={close} emptyText='nothing is related to this record' />
					: (
						<Box flexDirection={layout.direction} width={width} height={panesHeight} flexShrink={0}>
							{layout.places.map(({pane, width: paneWidth, height: paneHeight}, index) => (
								<PaneView
									key={pane} pane={panes[pane]!} tree={current.trees[pane] ?? null} width={paneWidth} height={paneHeight} isWrapped={isWrapped}
									isFocused={isFocused && pane === current.focus}
									others={index === layout.places.length - 1 ? layout.others.map(other => panes[other]!.name) : []}
								/>
							))}
						</Box>
					)}
			{overlay === 'search' && (
				<Prompt
					label='/' width={width}
					onSubmit={text => {
						close();
						act({type: 'searched', query: text});
						if (text !== '' && panes.every(({document}) => document === null || findMatches(document, text).length === 0)) {
							say(`"${makeSafe(text)}" is not in this record`);
						}
					}}
					onCancel={close}
				/>
			)}
		</Box>
	);
};

const selectionOf = ({document, cursor}: TreeState): Selection => ({
	path: pathOf(document, cursor),
	value: document.nodes[cursor]?.children === null ? valueOf(document, cursor) : sourceOf(document, cursor),
});

const relatedItems = (related: readonly Related[], onRelated: DetailProps['onRelated']) => related.map(one => ({
	label: `${one.relation}  ${one.id}`,
	hint: `${fieldTables[one.tab].title}  ${one.title}`,
	run() {
		onRelated?.(one);
	},
}));
