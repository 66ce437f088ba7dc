import {useReducer} from 'react';
import {Box, Text} from 'ink';
import {type BackgroundTask} from '../../../domain/records.ts';
import {fitCell} from '../../../domain/text/cells.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {formatDuration} from '../../../domain/time/format-time.ts';
import {type RetryPlan} from '../../../services/services.ts';
import {formatCount} from '../../../domain/text/format-number.ts';
import {describeFailure} from '../../failure-text.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {targetName} from './health-lines.ts';
import {planDialogOf, reducePlanDialog, type PlanDialogState, type PlanOptions} from './plan-dialog-state.ts';

type PlanDialogProps = {
	readonly title: string;
	/** What is meant: a query, marks, an endpoint. */
	readonly subject: string;
	readonly canForce: boolean;
	/** What would be sent; asked again when an option changes it. */
	readonly plan: (options: PlanOptions) => Promise<RetryPlan>;
	readonly start: (options: PlanOptions) => Promise<BackgroundTask>;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
};

/** A dry run first: how much would be sent to whom, and what would not; Enter then makes the background task that sends it. */
export const PlanDialog = ({title, subject, canForce, plan, start, width, height, onClose}: PlanDialogProps) => {
	const theme = useTheme();
	const {say} = useSurroundings();
	const [state, dispatch] = useReducer(reducePlanDialog, canForce, planDialogOf);
	const {value, failure, isLoading} = useResource(`${subject} ${state.isForced}`, async () => ({isForced: state.isForced, plan: await plan(state)}));
	const planned = value?.isForced === state.isForced ? value.plan : null;

	const begin = () => {
		onClose();
		start(state).then(task => {
			say(`background task ${task.id} sends ${sendoutsText(planned)}: 2 shows it, K there cancels it`);
		}, (error: unknown) => {
			say(describeFailure(error), 'failure');
		});
	};

	const move = (by: number) => () => {
		dispatch({type: 'move', by});
	};

	const change = (by: 1 | -1) => () => {
		dispatch({type: 'change', by});
	};

	useKeys('form', {
		nextField: move(1),
		previousField: move(-1),
		choose: change(1),
		left: change(-1),
		right: change(1),
		apply: {run: begin, disabledReason: failure ?? (planned === null ? 'still counting' : (planned.count === 0 && !planned.isCapped ? 'nothing would be sent' : undefined))},
		cancel: onClose,
	}, {
		isModal: true,
		onText(text) {
			const by = {j: 1, k: -1}[text];
			if (by !== undefined) {
				move(by)();
			} else if (text === 'q') {
				onClose();
			}
		},
	});

	const options = optionLines(state, planned, width, theme);
	const lines = [...options, '', ...planLines({planned, failure, isLoading, width, rows: height - options.length - 3, theme})];
	return (
		<Box flexDirection='column' width={width} height={height}>
			<Text wrap='truncate'>{theme.paint('heading', ` ${title}`)}{theme.paint('secondary', `  ${makeSafe(subject)}`)}</Text>
			<Text wrap='truncate'>{theme.paint('secondary', '   space changes · enter sends · esc leaves it')}</Text>
			{lines.slice(0, height - 2).map((line, index) => <Text key={index} wrap='truncate'>{line === '' ? ' ' : line}</Text>)}
		</Box>
	);
};

const sendoutsText = (plan: RetryPlan | null): string => plan === null ? 'them' : (plan.isCapped ? 'all of them' : `${formatCount(plan.count)} ${plan.count === 1 ? 'sendout' : 'sendouts'}`);

const optionLines = (state: PlanDialogState, planned: RetryPlan | null, width: number, theme: Theme): readonly string[] => state.rows.map((row, index) => {
	const isCursor = index === state.cursor;
	const [label, value, hint] = row === 'force'
		? ['force', state.isForced ? 'yes' : 'no', state.isForced ? 'successes are sent a second time' : 'successes are left out']
		: ['rate limit', `${formatCount(state.ratePerSecond)} a second`, planned === null || planned.count === 0 ? '' : `about ${formatDuration(Math.ceil(planned.count / state.ratePerSecond) * 1000)} for all${planned.isCapped ? ' that were counted' : ''}`];
	const text = `${fitCell(label, 12)} ${fitCell(value, 14)}`;
	return `${isCursor ? theme.paint('accent', ` ${theme.signs.cursor} `) : '   '}${isCursor ? theme.paint('selected', text) : text} ${theme.paint('secondary', fitCell(hint, Math.max(0, width - 32), 'left', theme.signs.ellipsis).trimEnd())}`;
});

type PlanLinesInput = {
	readonly planned: RetryPlan | null;
	readonly failure: string | null;
	readonly isLoading: boolean;
	readonly width: number;
	readonly rows: number;
	readonly theme: Theme;
};

const planLines = ({planned, failure, isLoading, width, rows, theme}: PlanLinesInput): readonly string[] => {
	if (planned === null) {
		return [failure !== null && !isLoading ? theme.paint('failure', `   ${makeSafe(failure)}`) : theme.paint('secondary', '   counting')];
	}

	const count = (value: number) => formatCount(value).padStart(10);
	const cells = Math.max(10, width - 30);
	const concerned = planned.endpoints.filter(one => one.count > 0 || !one.isActive).toSorted((one, other) => other.count - one.count);
	const room = Math.max(1, rows - 1 - planned.skipped.length);
	const shown = concerned.slice(0, concerned.length <= room ? room : room - 1);
	return [
		`${theme.paint('strong', `${formatCount(planned.count)}${planned.isCapped ? '+' : ''}`.padStart(10))} ${planned.count === 1 ? 'sendout' : 'sendouts'} would be sent${planned.isCapped ? ', counted in the first 10,000 that match' : ''}`,
		...shown.map(({id, targetUrl, count: ofEndpoint, isActive}) =>
			`${count(ofEndpoint)} ${theme.signs.arrow} ${fitCell(targetName(targetUrl) || makeSafe(id), cells, 'left', theme.signs.ellipsis).trimEnd()}${isActive ? '' : theme.paint('waiting', '  disabled')}`),
		...(shown.length < concerned.length ? [theme.paint('secondary', `${''.padStart(10)} and ${concerned.length - shown.length} more endpoints`)] : []),
		...planned.skipped.map(({reason, count: skipped}) => theme.paint('secondary', `${count(skipped)} left out: ${makeSafe(reason)}`)),
	];
};
