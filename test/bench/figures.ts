import {createElement} from 'react';
import {renderToString} from 'ink';
import {Table} from 'ink-table';
/** One measured figure, beside what the same work costs without auditty. */
export type Figure = {
	readonly bench: string;
	readonly name: string;
	readonly value: number;
	readonly unit: 'ms' | 'logs/s' | 'bytes' | 'MB' | 'calls/s' | 'calls';
	readonly baseline?: {readonly name: string; readonly value: number};
	/** The most it may be; for a rate, the least. */
	readonly budget?: number;
	/** For a rate: the least part of the baseline's. */
	readonly ratioBudget?: number;
};

export const ratioOf = ({value, baseline}: Figure): number | null => baseline === undefined || baseline.value === 0 ? null : value / baseline.value;

/** Null where nothing was promised. */
export function isWithinBudget(figure: Figure): boolean | null {
	const {value, unit, budget, ratioBudget} = figure;
	if (ratioBudget !== undefined) {
		return (ratioOf(figure) ?? 0) >= ratioBudget;
	}

	return budget === undefined ? null : unit === 'logs/s' ? value >= budget : value <= budget;
}

export function median(values: readonly number[]): number {
	return percentile(values, 0.5);
}

export function percentile(values: readonly number[], part: number): number {
	const sorted = values.toSorted((left, right) => left - right);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Milliseconds of each of so many runs, after one that does not count. */
export async function timeRuns(runs: number, work: () => Promise<unknown>): Promise<readonly number[]> {
	await work();
	const times: number[] = [];
	for (let run = 0; run < runs; run++) {
		const start = performance.now();
		await work();
		times.push(performance.now() - start);
	}

	return times;
}

const number = (value: number): string => value.toLocaleString('en-US', {maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0});

/** A table of figures, budgets that were missed marked. */
export function formatFigures(figures: readonly Figure[]): string {
	const rows = figures.map(figure => {
		const ratio = ratioOf(figure);
		const within = isWithinBudget(figure);
		const budget = figure.ratioBudget === undefined ? (figure.budget === undefined ? '' : `${number(figure.budget)} ${figure.unit}`) : `${figure.ratioBudget} x`;
		return {
			bench: figure.bench,
			figure: figure.name,
			measured: `${number(figure.value)} ${figure.unit}`,
			baseline: figure.baseline === undefined ? '' : `${number(figure.baseline.value)} ${figure.unit} (${figure.baseline.name})`,
			ratio: ratio === null ? '' : `${number(ratio)} x`,
			budget,
			'': within === null ? '' : within ? 'ok' : 'MISSED',
		};
	});
	return renderToString(createElement(Table<Record<string, string>>, {data: rows}), {columns: 200})
		.split('\n').filter((line, index) => index < 3 || !line.startsWith('├')).join('\n');
}
