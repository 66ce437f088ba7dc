import {Fault, UsageFault} from './fault.ts';

/** An error as it goes to another process or thread: class, message and remedy arrive, `cause` does not. */
export type SentFault = {readonly name: string; readonly message: string; readonly remedy?: string; readonly stack?: string};

export const sendFault = (error: unknown): SentFault => {
	if (!(error instanceof Error)) {
		return {name: 'Error', message: String(error)};
	}

	return {
		name: error.name,
		message: error.message,
		...(error instanceof Fault && error.remedy !== undefined && {remedy: error.remedy}),
		...(error.stack !== undefined && {stack: error.stack}),
	};
};

/** The error of the other one, made here again. */
export const receiveFault = (sent: SentFault): Error => {
	const options = sent.remedy === undefined ? {} : {remedy: sent.remedy};
	const error = sent.name === 'UsageFault'
		? new UsageFault(sent.message, options)
		: (sent.name === 'Fault' ? new Fault(sent.message, options) : Object.assign(new Error(sent.message), {name: sent.name}));
	if (sent.stack !== undefined) {
		error.stack = sent.stack;
	}

	return error;
};
