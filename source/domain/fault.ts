/**
 * A fault that a person can act on: `message` says what is wrong, `remedy` what to do.
 * Printed as `auditty: <message>, <remedy>`; exit code 1.
 */
export class Fault extends Error {
	override readonly name: string = 'Fault';
	readonly remedy: string | undefined;

	constructor(message: string, options: {readonly remedy?: string; readonly cause?: unknown} = {}) {
		super(message, options.cause === undefined ? undefined : {cause: options.cause});
		this.remedy = options.remedy;
	}
}

/** The person's input is wrong (a flag, a query, an argument); nothing ran. Exit code 2. */
export class UsageFault extends Fault {
	override readonly name = 'UsageFault';
}
