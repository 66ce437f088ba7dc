import {useEffect, useMemo, useState} from 'react';
import {Box} from 'ink';
import {fieldsOf, fieldTables} from '../../../domain/fields/field-tables.ts';
import {type Tab} from '../../../domain/records.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {gutter, List} from '../../components/list/list.tsx';
import {placeColumns} from '../../components/list/column-layout.ts';
import {type CellView} from '../../components/list/cell.ts';
import {QueryBar} from '../../components/query-bar/query-bar.tsx';
import {Timeline, timelineBuckets} from '../../components/timeline/timeline.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {placeBody} from '../../layout.ts';
import {handlerOf} from '../../keymap/binding.ts';
import {HealthStrip, healthRows} from '../sendouts/health-strip.tsx';
import {useHealth} from '../sendouts/use-health.ts';
import {EmptyList} from './empty-list.tsx';
import {ListFooter} from './list-footer.tsx';
import {ListOverlay} from './list-overlay.tsx';
import {OpenRecord} from './open-record.tsx';
import {isPromptOverlay, noOverlay, type ListScreenProps, type Overlay} from './list-props.ts';
import {currentRow, type Anchor} from './list-state.ts';
import {useArrivals} from './use-arrivals.ts';
import {useList} from './use-list.ts';
import {usePrint} from './use-print.ts';
import {useListKeys, type ListControl} from './use-list-keys.ts';
import {useSeek} from './use-seek.ts';
import {useTabActions} from './use-tab-actions.ts';
import {useSummary} from './use-summary.ts';

/** A tab: query, timeline, list, and what is opened from it. */
export const ListScreen = <T extends Tab>({tab, session, onSession, openId, goTo, opens, isHidden, onImport, width, height, overview, settings, onNavigate, now}: ListScreenProps<T>) => {
	const theme = useTheme();
	const {zone, zones} = useTimeView();
	const [state, dispatch] = useList<T>(tab, {listing: {kind: 'query', query: session.query}, anchor: goTo === undefined ? (session.position ?? 'newest') : {at: goTo}, marks: session.marks});
	const [overlay, setOverlay] = useState<Overlay>(opens === undefined ? noOverlay : {kind: opens});
	const [match, setMatch] = useState('');
	const [opened, setOpened] = useState<string | null>(openId ?? null);
	const [isZoomed, setZoomed] = useState(false);
	const [isTimelineShown, setTimelineShown] = useState(session.isTimelineShown);
	const [exportFields, setExportFields] = useState(session.exportFields);
	const seek = useSeek();
	const {say} = useSurroundings();
	const [noun] = fieldTables[tab].noun;
	const version = useArrivals(tab, state, dispatch, tab !== 'logs');
	const row = currentRow(state);
	const query = state.listing.kind === 'query' ? state.listing.query : null;

	const hasTimeline = isTimelineShown && height >= 16 && state.listing.kind === 'query';
	const {counts, timeline} = useSummary(tab, query, version, hasTimeline ? timelineBuckets(width) : null);
	const isOpen = opened !== null;
	const health = useHealth(tab, version);
	// Where the detail has the whole screen, and where the endpoints are listed, it would take room from them.
	const isStripHidden = overlay.kind === 'endpoints' || (isOpen && (isZoomed || height + 2 < 30));
	const stripRows = isStripHidden ? 0 : healthRows(health.endpoints.length, height + 2);
	const place = placeBody({width, bodyHeight: height - 2 - (hasTimeline ? 1 : 0) - stripRows, screenRows: height + 2, isOpen, isZoomed});
	const columns = useMemo(() => placeColumns(fieldsOf(tab), place.listWidth - gutter), [tab, place.listWidth]);
	// A new object draws every row again, so it changes only when what is shown changes.
	const running = tab === 'exports' ? overview?.runningTasks : undefined;
	const view = useMemo<CellView>(() => ({
		zone, now, signs: theme.signs, keyNames: settings?.keyNames ?? {}, holds: health.holds, running: new Map(running?.map(task => [task.id, task])),
	}), [zone, now, theme, settings, health.holds, running]);

	useEffect(() => {
		dispatch({type: 'resize', height: place.listHeight});
	}, [dispatch, place.listHeight]);

	const position = state.window.cursor === 0 ? null : (row?.position ?? null);
	useEffect(() => {
		if (query !== null) {
			const history = session.history[0] === query ? session.history : [query, ...session.history.filter(text => text !== query)].slice(0, 50);
			onSession({query, position, marks: [...state.marks], isTimelineShown, history, exportFields});
		}
		// Written when one of these changes, not when the owner renders.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [query, position?.seq, state.marks, isTimelineShown, exportFields]);

	const control: ListControl<T> = {
		tab, state, dispatch, seek, match, setMatch, overlay, setOverlay, projectZone: zones.project,
		setQuery(text: string, anchor: Anchor = 'newest') {
			setOverlay(noOverlay);
			dispatch({type: 'list', listing: {kind: 'query', query: text}, anchor});
		},
		open() {
			setOpened(row?.summary.id ?? null);
		},
		toggleTimeline() {
			setTimelineShown(isShown => !isShown);
		},
	};
	const print = usePrint(tab, row?.summary.id ?? null, settings);
	const isListInFront = overlay.kind === 'none' && !isOpen && !isHidden;
	const readOnly = overview?.isReadOnly === true ? 'the store is open read-only' : undefined;
	const actions = useTabActions(control, readOnly);
	useListKeys(control, isListInFront, {
		...actions,
		...(readOnly === undefined ? {} : {export: {run() {
			// Never: it is disabled.
		}, disabledReason: readOnly}}),
		import: {run: onImport, disabledReason: readOnly},
		print: {run: print, disabledReason: row ? undefined : 'no record is listed'},
	});

	// While a detail is open it follows the cursor.
	const shownId = isOpen ? (row?.summary.id ?? opened) : null;
	const items = state.rows.slice(state.window.top, state.window.top + place.listHeight).map(({summary}) => ({
		id: summary.id, record: summary, isMarked: state.marks.has(summary.id),
	}));
	const isLoading = state.older.isLoading || state.newer.isLoading;
	const around = state.listing.kind === 'around' ? `all rows around ${makeSafe(state.listing.center.summary.id)}` : undefined;
	const isCovered = overlay.kind !== 'none' && !isPromptOverlay(overlay);

	if (isHidden) {
		return null;
	}

	return (
		<Box flexDirection='column' width={width} height={height}>
			<QueryBar tab={tab} query={query ?? ''} around={around} counts={counts} fresh={state.fresh.length} isBehind={state.isBehind} marked={state.marks.size} isFollowing={state.isFollowing} isLoading={isLoading} width={width}/>
			{hasTimeline && <Timeline timeline={timeline.value} width={width} now={now}/>}
			{stripRows > 0 && <HealthStrip endpoints={health.endpoints} rows={stripRows} width={width} now={now}/>}
			<Box flexDirection={place.isBeside ? 'row' : 'column'} height={place.bodyHeight} width={width}>
				{isCovered
					? <ListOverlay control={control} width={width} height={place.bodyHeight} session={session} onNavigate={onNavigate} onExportFields={setExportFields} health={health} now={now} readOnly={readOnly}/>
					: (
						<>
							{place.listHeight > 0 && (state.rows.length === 0 && !isLoading
								? <EmptyList control={control} width={place.listWidth} height={place.listHeight + 1} overview={overview} isActive={isListInFront}/>
								: <List columns={columns} items={items} cursor={state.window.cursor - state.window.top} height={place.listHeight} width={place.listWidth} view={view} isFocused={isListInFront} match={match === '' ? undefined : match}/>)}
							{shownId !== null && (
								<OpenRecord
									tab={tab} id={shownId} width={place.detailWidth} height={place.detailHeight} placement={place.placement} settings={settings} version={version} query={query ?? ''}
									isFocused={overlay.kind === 'none'} onNavigate={onNavigate} retry={tab === 'sendouts' ? handlerOf(actions['retry']) : undefined}
									onClose={() => {
										setOpened(null);
										setZoomed(false);
									}}
									onMove={by => {
										const isEnd = by > 0 ? state.window.cursor >= state.rows.length - 1 && state.older.next === null : state.window.cursor === 0 && state.newer.next === null;
										if (isEnd && !isLoading) {
											say(`this is the ${by > 0 ? 'oldest' : 'newest'} ${noun} of the list`);
										}

										dispatch({type: 'move', by});
									}}
									onZoom={() => {
										setZoomed(before => !before);
									}}
								/>
							)}
						</>
					)}
			</Box>
			<ListFooter control={control} width={width} session={session} overview={overview} isSeeking={seek.isSeeking} isLoading={isLoading}/>
		</Box>
	);
};
