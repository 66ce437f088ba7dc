import {Text} from 'ink';
import {formatInstant} from '../../../domain/time/format-time.ts';
import {type Timeline as TimelineData} from '../../../services/services.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {spread} from '../frame/spread.ts';

type TimelineProps = {
	readonly timeline: TimelineData | null;
	readonly width: number;
	readonly now: number;
};

/** Cells of the bars for a screen of this width: what is left beside the label of the range. */
export const timelineBuckets = (width: number): number => Math.max(10, Math.min(120, width - 40));

/** Records over the range, a bar a bucket: its height the square root of all of them, so that a burst leaves the rest to be seen; red where failures stand out. */
export const Timeline = ({timeline, width, now}: TimelineProps) => {
	const theme = useTheme();
	const {zone} = useTimeView();
	if (!timeline) {
		return <Text> </Text>;
	}

	const bars = barsOf(timeline, theme);
	const label = `  ${formatInstant(timeline.from, zone, 'dayMinute', now)} ${theme.signs.ellipsis} ${formatInstant(timeline.before, zone, 'dayMinute', now)}${timeline.isPartial ? ', approx.' : ''}`;
	return <Text wrap='truncate'>{spread([{text: ' '}, bars, {text: label, styled: theme.paint('secondary', label)}], [], width)}</Text>;
};

const barsOf = (timeline: TimelineData, theme: Theme): {readonly text: string; readonly styled: string} => {
	const most = Math.max(1, ...timeline.buckets.map(({total}) => total));
	let text = '';
	let styled = '';
	// Runs of one colour share their escape codes.
	let run = '';
	let isRunFailing = false;
	const flush = () => {
		styled += isRunFailing ? theme.paint('failure', run) : theme.paint('secondary', run);
		run = '';
	};

	for (const {total, failures} of timeline.buckets) {
		const isFailing = failures > 0 && failures * 10 >= total;
		const height = total === 0 ? -1 : Math.min(7, Math.floor(Math.sqrt(total / most) * 7.99));
		const sign = height < 0 ? ' ' : (theme.signs.bars[height] ?? ' ');
		if (isFailing !== isRunFailing) {
			flush();
			isRunFailing = isFailing;
		}

		run += sign;
		text += sign;
	}

	flush();
	return {text, styled};
};
