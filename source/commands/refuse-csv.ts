import {UsageFault} from '../domain/fault.ts';
import {type CommandContext} from './command-context.ts';

/** For a command whose output is no list of records. Throws a UsageFault. */
export const refuseCsv = (context: CommandContext, name: string): void => {
	if (context.format === 'csv') {
		throw new UsageFault(`${name} prints no CSV`, {remedy: 'give --json, or neither'});
	}
};
