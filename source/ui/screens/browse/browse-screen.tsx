import {useEffect, useMemo, useReducer, useRef, useState} from 'react';
import {Box, Text} from 'ink';
import {keysOfColumns, parseColumnQuery} from '../../../domain/browse/column-query.ts';
import {completeQueryOf} from '../../../domain/query/complete-query.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type BrowseSource, type Settings} from '../../../services/services.ts';
import {Footer} from '../../components/frame/footer.tsx';
import {type CellView} from '../../components/list/cell.ts';
import {Confirm} from '../../components/menu/confirm.tsx';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {withCompletion} from '../../components/prompt/with-completion.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useMessage} from '../../message-context.ts';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {SaveFilePrompt} from '../exports/save-prompt.tsx';
import {BrowseGrid, drawColumns, gridGutter} from './browse-grid.tsx';
import {measureColumns} from './browse-cell.ts';
import {statusNote, titleLine, viewLine} from './browse-lines.ts';
import {BrowseRecord} from './browse-record.tsx';
import {initialBrowseState, reduceBrowse, shownColumns} from './browse-state.ts';
import {useBrowse} from './use-browse.ts';
import {useBrowseKeys, type BrowseOverlay} from './use-browse-keys.ts';
import {columnGap} from '../../components/list/column-layout.ts';

type BrowseScreenProps = {
	readonly source: BrowseSource;
	/** The filter to begin with. */
	readonly query: string;
	/** Grows to read the file anew. */
	readonly generation: number;
	readonly settings: Settings | null;
	readonly now: number;
	/** Something lies over it: nothing is drawn, its state stays. */
	readonly isHidden: boolean;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** Title, filter and footer. */
const frameLines = 4;
const noNames: Readonly<Record<string, string>> = {};

/** The rows of a CSV file: to search, filter, sort and look into. */
export const BrowseScreen = ({source, query, generation, settings, now, isHidden, width, height, onClose}: BrowseScreenProps) => {
	const theme = useTheme();
	const message = useMessage();
	const {services, say} = useSurroundings();
	const {zone} = useTimeView();
	const [state, dispatch] = useReducer(reduceBrowse, query, initialBrowseState);
	const [overlay, setOverlay] = useState<BrowseOverlay>({kind: 'none'});
	const [isOpen, setOpen] = useState(false);
	const gridHeight = Math.max(1, height - frameLines);
	const {table, columns, progress, failure, rowAt} = useBrowse({source, view: state.view, generation, top: state.window.top, height: gridHeight});
	const view = useMemo<CellView>(() => ({zone, now, signs: theme.signs, keyNames: settings?.keyNames ?? noNames}), [zone, now, theme, settings]);
	const length = progress?.matching ?? 0;
	const {window} = state;

	useEffect(() => {
		if (table !== null) {
			dispatch({type: 'opened', columnCount: table.headings.length});
		}
	}, [table]);
	useEffect(() => {
		dispatch({type: 'resize', height: gridHeight, length});
		// A new size alone moves the page.
		// eslint-disable-next-line react-hooks/exhaustive-deps
	}, [gridHeight]);

	const firstRow = rowAt(0);
	const measured = useRef<unknown>(null);
	useEffect(() => {
		if (firstRow !== undefined && state.columnCount > 0 && measured.current !== table) {
			measured.current = table;
			const rows = Array.from({length: 100}, (_, place) => rowAt(place)?.cells).filter(cells => cells !== undefined);
			dispatch({type: 'measured', widths: measureColumns(columns, rows, view)});
		}
	}, [firstRow, state.columnCount, table, columns, view, rowAt]);

	// The column under the cursor is whole on the screen where it can be.
	const shown = shownColumns(state);
	const cursorPlace = shown.indexOf(state.column);
	let leftPlace = Math.max(0, Math.min(shown.indexOf(state.left) === -1 ? 0 : shown.indexOf(state.left), cursorPlace));
	const cellsTo = (from: number): number => shown.slice(from, cursorPlace + 1).reduce((sum, index) => sum + (state.widths.get(index) ?? 12) + columnGap, -columnGap);
	while (leftPlace < cursorPlace && cellsTo(leftPlace) > width - gridGutter) {
		leftPlace++;
	}

	const left = shown[leftPlace] ?? 0;
	useEffect(() => {
		dispatch({type: 'left', left});
	}, [left]);
	const drawn = useMemo(
		() => drawColumns(shownColumns({columnCount: state.columnCount, hidden: state.hidden}).filter(index => index >= left).flatMap(index => columns[index] ?? []), state.widths, width),
		[columns, state.columnCount, state.hidden, state.widths, left, width],
	);

	const isFocused = !isHidden && overlay.kind === 'none';
	const {isSeeking, find} = useBrowseKeys({
		source, state, dispatch, columns, table, length, rowAt, overlay, setOverlay, isActive: isFocused && !isOpen, onClose,
		onOpen() {
			setOpen(true);
		},
	});

	const openedKey = isOpen && progress !== null ? `${JSON.stringify(state.view)} ${generation} ${window.cursor} ${progress.stage === 'done' && state.view.sort !== null}` : null;
	const opened = useResource(openedKey, async signal => services.browseRow({source, view: state.view, place: window.cursor}, signal));

	if (isHidden) {
		return null;
	}

	const cancel = () => {
		setOverlay({kind: 'none'});
	};

	const rows = Array.from({length: Math.max(0, Math.min(gridHeight, length - window.top))}, (_, index) => rowAt(window.top + index));
	const body = () => {
		if (overlay.kind === 'confirm') {
			return <Confirm title={overlay.title} yes={overlay.yes} onYes={overlay.run} width={width} height={gridHeight + 1} onClose={cancel}/>;
		}

		if (failure !== null && length === 0) {
			return <Text> {makeSafe(failure)}</Text>;
		}

		if (isOpen && opened.value !== null) {
			return (
				<BrowseRecord
					columns={columns} name={table?.name ?? 'row'} row={opened.value} width={width} height={gridHeight + 1} view={view} isFocused={isFocused}
					onMove={by => {
						dispatch({type: 'move', by, length});
					}}
					onClose={() => {
						setOpen(false);
					}}
				/>
			);
		}

		if (length === 0 && progress?.stage === 'done') {
			const text = state.view.query === '' ? 'The file holds no rows.' : 'No row matches: f changes the filter.';
			return <Text wrap='truncate'>{theme.paint('secondary', ` ${text}`)}</Text>;
		}

		return (
			<BrowseGrid
				columns={drawn} rows={rows} cursor={window.cursor - window.top} column={state.column} sort={state.view.sort}
				height={gridHeight} width={width} view={view} match={state.match}
			/>
		);
	};

	const footer = () => {
		if (overlay.kind === 'search') {
			return (
				<Prompt
					label='/' width={width} onCancel={cancel}
					onSubmit={text => {
						cancel();
						dispatch({type: 'match', match: text});
						if (text !== '') {
							find(text, window.cursor, false);
						}
					}}
				/>
			);
		}

		if (overlay.kind === 'filter') {
			return (
				<Prompt
					label='filter' width={width} initial={state.view.query === '' ? '' : `${state.view.query} `} history={state.history.filter(text => text !== state.view.query)} onCancel={cancel}
					complete={(text, cursor) => withCompletion(text, completeQueryOf(text, cursor, keysOfColumns(columns)))}
					describe={text => {
						const parsed = parseColumnQuery(text.trim(), columns);
						const note = parsed.ok ? null : makeSafe(`${parsed.problem.message}, ${parsed.problem.remedy}`);
						return note === null ? null : {text: note, token: 'failure'};
					}}
					onSubmit={text => {
						const parsed = parseColumnQuery(text.trim(), columns);
						if (parsed.ok) {
							cancel();
							dispatch({type: 'filter', query: text.trim()});
						} else {
							say(`${parsed.problem.message}, ${parsed.problem.remedy}`, 'failure');
						}
					}}
				/>
			);
		}

		if (overlay.kind === 'save') {
			return (
				<SaveFilePrompt
					name={'id' in source ? `${source.id}.csv` : `copy-of-${table?.name ?? 'file.csv'}`} note={null} width={width} onClose={cancel}
					save={async (to, isForced) => services.browseSave({source, to, isForced})}
					onConfirm={confirm => {
						setOverlay({kind: 'confirm', ...confirm});
					}}
				/>
			);
		}

		return <Footer status={statusNote({message, progress, failure, isSeeking, width, theme})} width={width}/>;
	};

	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>{titleLine({table, progress, place: window.cursor, width, theme})}</Text>
			<Text wrap='truncate'>{viewLine({view: state.view, columns, hidden: state.hidden.size, progress, width, theme})}</Text>
			<Box flexDirection='column' width={width} height={gridHeight + 1}>{body()}</Box>
			{footer()}
		</Box>
	);
};
