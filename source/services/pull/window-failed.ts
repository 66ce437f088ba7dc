import {Fault} from '../../domain/fault.ts';

/** The logs of a window could not be had: those of a smaller one may. */
export class WindowFailed extends Fault {
	override readonly name = 'WindowFailed';
}
