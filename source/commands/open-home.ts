import {type ExitCode} from './command.ts';
import {type CommandContext} from './command-context.ts';
import {refuseScreen} from './screen-terminal.ts';

/** `auditty` alone: the screen. Elsewhere than on a terminal that can show it, a UsageFault. */
export const openHome = async (context: CommandContext): Promise<ExitCode> => {
	refuseScreen(context);
	const {openScreen} = await import('./open-screen.ts');
	return openScreen({context});
};
