import {UsageFault} from '../domain/fault.ts';
import {type CommandContext} from './command-context.ts';

/**
 * Whether a command that has a screen opens it: on a terminal, when neither a format nor anything else that prints was
 * asked for. Decided by the terminal itself, not by variables such as CI.
 */
export const opensScreen = (context: CommandContext, isPrintAsked = false): boolean =>
	context.format === 'auto' && !isPrintAsked && context.output.isTerminal;

/** Throws a UsageFault where no screen can be: without a terminal at both ends, or on one that cannot move its cursor. */
export const refuseScreen = (context: CommandContext): void => {
	if (!context.output.isTerminal || !context.isInputTerminal) {
		throw new UsageFault('the screen needs a terminal', {
			remedy: 'over SSH ask for one with ssh -t HOST auditty, or print with a command such as auditty logs --plain',
		});
	}

	if (context.environment['TERM'] === 'dumb') {
		throw new UsageFault('this terminal cannot show the screen (TERM=dumb)', {remedy: 'print with a command such as auditty logs --plain, or set TERM'});
	}
};
