import {UsageFault} from '../domain/fault.ts';

/** The number of a port, 0 for any that is free. Throws a `UsageFault`. */
export const readPort = (text: string | undefined, otherwise: number): number => {
	if (text === undefined) {
		return otherwise;
	}

	const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
	if (!(port <= 65_535)) {
		throw new UsageFault(`--port cannot be ${text}`, {remedy: 'give a number from 0 to 65535; 0 takes any that is free'});
	}

	return port;
};

/** Seconds as milliseconds. Throws a `UsageFault`. */
export const readSeconds = (flag: string, text: string | undefined, otherwise: number): number => {
	if (text === undefined) {
		return otherwise * 1000;
	}

	const seconds = /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
	if (seconds <= 0) {
		throw new UsageFault(`${flag} cannot be ${text}`, {remedy: 'give seconds, such as 30'});
	}

	return seconds * 1000;
};
