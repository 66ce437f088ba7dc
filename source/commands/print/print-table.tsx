import {type PropsWithChildren} from 'react';
import {renderToString, Text} from 'ink';
import {Table} from 'ink-table';
import stringWidth from 'string-width';
import {themeOf} from '../../ui/theme.ts';

type Row = Readonly<Record<string, string>>;

type TableRequest = {
	/** By their headings, all with the same ones. */
	readonly rows: readonly Row[];
	/** The column that goes where the terminal is too narrow for all. */
	readonly expendable: string;
	/** Of the terminal. */
	readonly columns: number;
	readonly environment: Readonly<Record<string, string | undefined>>;
};

const PlainCell = ({children}: PropsWithChildren) => <Text>{children}</Text>;
const Heading = ({children}: PropsWithChildren) => <Text bold>{children}</Text>;

/** A table in lines, for a terminal; null where it has no room for one, or not the signs. Cells must be safe to show. */
export const printTable = ({rows, expendable, columns, environment}: TableRequest): string | null => {
	if (themeOf(environment).signs.line !== '─') {
		return null;
	}

	const narrow = rows.map(row => Object.fromEntries(Object.entries(row).filter(([heading]) => heading !== expendable)));
	for (const data of [rows, narrow]) {
		// Wide enough for any of its lines, so that none is broken; then it is measured.
		const text = renderToString(<Table data={[...data]} header={Heading} cell={PlainCell} skeleton={PlainCell}/>, {columns: 10_000});
		// Only the line under the headings stays: one between all rows is twice the height.
		const lines = text.split('\n').map(line => line.trimEnd()).filter((line, index) => index < 3 || !line.startsWith('├'));
		if (lines.every(line => stringWidth(line) <= columns)) {
			return `${lines.join('\n').trimEnd()}\n`;
		}
	}

	return null;
};
