import {Box, Text} from 'ink';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {suggestDrop} from '../../../domain/query/edit-query.ts';
import {parseQuery} from '../../../domain/query/parse-query.ts';
import {printQuery} from '../../../domain/query/print-query.ts';
import {type Tab} from '../../../domain/records.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatInstant, formatRelative, queryDateOf} from '../../../domain/time/format-time.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {type Overview, type Services} from '../../../services/services.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {withRange} from './query-edits.ts';
import {countAll} from './count-all.ts';
import {type ListControl} from './use-list-keys.ts';

type EmptyListProps<T extends Tab> = {
	readonly control: ListControl<T>;
	readonly width: number;
	readonly height: number;
	readonly overview: Overview | null;
	readonly isActive: boolean;
};

type Way = {readonly text: string; readonly query: string};

/** Why nothing is listed, and what to press. */
export const EmptyList = <T extends Tab>({control, width, height, overview, isActive}: EmptyListProps<T>) => {
	const theme = useTheme();
	const {services, now} = useSurroundings();
	const {zone, zones} = useTimeView();
	const {tab, state, setQuery} = control;
	const {query} = state.listing;
	const [, many] = fieldTables[tab].noun;
	const range = overview?.ranges[tab] ?? null;
	const ways = useResource(overview === null || range === null ? null : `${tab} ${query}`, async signal => findWays(services, tab, query, signal));
	const isOutside = range !== null && ways.value !== null && ways.value.every(({text}) => /^(?:since|until):/.test(text));
	const best: Way | undefined = isOutside && range
		? {text: 'the range of what is stored', query: withRange(tab, query, `since:${queryDateOf(range.oldest, zones.project)}`)}
		: ways.value?.[0];

	useKeys('list', {
		open: best && (() => {
			setQuery(best.query);
		}),
	}, {isActive: isActive && best !== undefined});

	if (state.failure !== null || overview === null) {
		return <Box width={width} height={height}/>;
	}

	const lines: string[] = [''];
	if (range === null) {
		lines.push(`   No ${many} yet.`, '', theme.paint('secondary', `   ${comingFrom[tab]}`));
	} else if (isOutside) {
		lines.push(
			`   No ${many} in this range.`, '',
			`   The newest is from ${formatInstant(range.newest, zone, 'second', now())}, ${formatRelative(range.newest, now())}.`, '',
			`   ${theme.paint('key', 'enter')} shows all that is stored, ${theme.paint('key', 'T')} offers other ranges.`,
		);
	} else {
		lines.push(`   No ${many} match.`, '');
		for (const way of ways.value ?? []) {
			lines.push(`   Without ${theme.paint('strong', makeSafe(way.text))}`);
		}

		if (best) {
			lines.push('', `   ${theme.paint('key', 'enter')} drops the first of these, ${theme.paint('key', 'f')} opens the form, ${theme.paint('key', 'backspace')} drops the last part of the query.`);
		}
	}

	return (
		<Box flexDirection='column' width={width} height={height}>
			{lines.slice(0, height).map((line, index) => <Text key={index} wrap='truncate'>{line === '' ? ' ' : line}</Text>)}
		</Box>
	);
};

const comingFrom: Readonly<Record<Tab, string>> = {
	logs: 'auditty import FILE brings HAR, NDJSON and CSV in; I asks for a file.',
	tasks: 'Imports and other long work show here, with their progress.',
	exports: 'Exported files show here.',
	sendouts: 'Deliveries of webhooks show here, attempt by attempt; W adds an endpoint to send to.',
};

/** Queries with one part less that match something, the most matches first. */
const findWays = async (services: Services, tab: Tab, query: string, signal: AbortSignal): Promise<readonly Way[]> => {
	const parsed = parseQuery(query, tab);
	if (!parsed.ok) {
		return [];
	}

	const found: Array<Way & {readonly count: number}> = [];
	for (const {dropped, query: rest} of suggestDrop(parsed.query)) {
		const text = printQuery(rest);
		const {count, isCapped} = await countAll(services, {tab, query: text, cap: 10_000}, signal);
		if (count > 0) {
			found.push({text: `${printQuery([dropped])}  ${formatCount(count)}${isCapped ? '+' : ''} would match`, query: text, count});
		}
	}

	return found.toSorted((one, other) => other.count - one.count);
};
