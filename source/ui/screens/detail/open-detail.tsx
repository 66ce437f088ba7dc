import {useMemo, useState} from 'react';
import {Box, Text} from 'ink';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {type RecordDetail, type Related} from '../../../services/services.ts';
import {Menu} from '../../components/menu/menu.tsx';
import {useResource} from '../../hooks/use-resource.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {printAndWait} from '../../terminal/print-text.ts';
import {openInEditor, openInPager} from '../../terminal/run-program.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {paneText, selectionOf} from '../panes/pane-text.ts';
import {lineUnderCursor} from '../panes/panes-state.ts';
import {Panes} from '../panes/panes.tsx';
import {usePanes, usePanesMemory} from '../panes/use-panes.ts';
import {CopyMenu} from './copy-menu.tsx';
import {type DetailProps} from './detail-props.ts';
import {headLines, headOf} from './head.ts';
import {panesOf} from './panes-of.ts';
import {recordText} from './record-text.ts';
import {attemptsPane, differencePaneName} from './sendout-panes.ts';
import {useWholeRecord} from './use-whole-record.ts';

const mostHeadLines = 7;

/** The head of a record, its panes, and what can be done with it. */
export const OpenDetail = ({detail: given, width, height, placement, isFocused, keyNames, query, onClose, onPrevious, onNext, onZoom, onRelated, retry}: DetailProps & {readonly detail: RecordDetail}) => {
	const theme = useTheme();
	const {zone, zones} = useTimeView();
	const surroundings = useSurroundings();
	const {services} = surroundings;
	const [overlay, setOverlay] = useState<'none' | 'copy' | 'related'>('none');
	const key = `${given.tab} ${given.record.id}`;
	const {detail, withWhole} = useWholeRecord(given);
	const {value: related} = useResource(key, async signal => services.related({tab: given.tab, id: given.record.id}, signal));

	const memory = usePanesMemory(key);
	const [mark, setMark] = useState<{readonly key: string; readonly line: number} | null>(null);
	const selected = lineUnderCursor(memory.kept, attemptsPane);
	const base = mark?.key === key ? mark.line : null;
	const isCompared = memory.kept?.panes[memory.kept.focus]?.name === differencePaneName;
	const panes = useMemo(() => panesOf(detail, zone, theme.signs, {selected, base, isCompared}), [detail, zone, theme, selected, base, isCompared]);
	const groups = headOf({detail, related: related ?? [], keyNames, zones, signs: theme.signs, response: panes[1]?.document ?? null});
	const head = headLines(groups, {width, rows: Math.min(mostHeadLines, Math.max(2, Math.floor(height / 3))), theme});
	const hasAttempts = panes[0]?.name === attemptsPane;
	const control = usePanes({
		memory, panes, width, height: height - head.length, isBeside: placement === 'beside',
		firstFocus: given.tab === 'logs' && panes[1]?.document ? 1 : 0,
		firstRows: hasAttempts ? Math.max(1, (panes[0]?.document?.nodes.length ?? 0) - 1) : undefined,
	});

	const openPane = (open: typeof openInEditor) => () => {
		withWhole(record => {
			const pane = panesOf(record, zone)[control.state.focus]!;
			void open({name: `${record.record.id}-${pane.name}`, ...paneText(pane)}, surroundings);
		});
	};

	const close = () => {
		setOverlay('none');
	};

	useKeys('detail', {
		...control.handlers,
		previous: onPrevious,
		next: onNext,
		search() {
			withWhole(control.beginSearch);
		},
		copy() {
			setOverlay('copy');
		},
		mark: hasAttempts ? () => {
			const line = lineUnderCursor(control.state, attemptsPane);
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
	}, {isActive: isFocused && overlay === 'none' && !control.isSearching});

	const body = () => {
		if (overlay === 'copy') {
			return <CopyMenu tab={given.tab} id={given.record.id} query={query} selection={control.tree ? selectionOf(control.tree) : undefined} width={width} height={control.height} onClose={close} />;
		}

		return overlay === 'related'
			? <Menu title={`Related to ${given.record.id}`} items={relatedItems(related ?? [], onRelated)} width={width} height={control.height} onClose={close} emptyText='nothing is related to this record' />
			: <Panes control={control} isFocused={isFocused} noun='record' />;
	};

	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} overflow='hidden'>
			{head.map((line, index) => <Text key={index} wrap='truncate'>{line}</Text>)}
			{body()}
		</Box>
	);
};

const relatedItems = (related: readonly Related[], onRelated: DetailProps['onRelated']) => related.map(one => ({
	label: `${one.relation}  ${one.id}`,
	hint: `${fieldTables[one.tab].title}  ${one.title}`,
	run() {
		onRelated?.(one);
	},
}));
