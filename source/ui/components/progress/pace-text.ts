import {type TaskPace} from '../../../domain/task-pace.ts';
import {formatRoughly} from '../../../domain/time/format-time.ts';
import {formatCount} from '../../../domain/text/format-number.ts';

/** `17,203/s`; of slow work `0.4/s`. */
export const rateText = ({perSecond}: TaskPace): string => `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(Math.round(perSecond))}/s`;

/** `18 s left`, `3 min left`; null while it is not known. */
export const leftText = ({leftMs}: TaskPace): string | null => leftMs === null ? null : `${formatRoughly(leftMs)} left`;

/** Both, as far as they are known. */
export const paceTexts = (pace: TaskPace | null): readonly string[] => {
	const left = pace === null ? null : leftText(pace);
	return [...(pace === null ? [] : [rateText(pace)]), ...(left === null ? [] : [left])];
};
