import {readStoreUrl} from '../../store/store-url.ts';
import {type CommandContext} from '../command-context.ts';
import {type Check} from './check.ts';
import {checkFiles} from './check-files.ts';
import {checkMachine} from './check-machine.ts';
import {checkStore} from './check-store.ts';
import {checkTerminal} from './check-terminal.ts';

/** All checks, in the order of the report. */
export const runChecks = async (context: CommandContext, process: NodeJS.Process): Promise<readonly Check[]> => {
	const address = readStoreUrl(context.storeLocation.url);
	return [
		...checkMachine(process),
		...await checkFiles({directory: context.dataDirectory, storeFile: address.kind === 'file' ? address.path : null}),
		...await checkStore(context, address),
		...await checkTerminal({
			isTerminal: context.output.isTerminal,
			columns: process.stdout.columns,
			rows: process.stdout.rows,
			colorDepth: context.output.isTerminal ? process.stdout.getColorDepth(process.env) : 1,
			environment: process.env,
		}),
	];
};
