import {UsageFault} from '../fault.ts';

/** How many deliveries to an endpoint run at once, unless it says otherwise. */
export const usualConcurrency = 8;
const mostConcurrency = 64;

/** How many deliveries run at once, as a person gives it. Throws a `UsageFault`. */
export const readConcurrency = (given: string | number): number => {
	const number = /^\d{1,3}$/.test(String(given).trim()) ? Number(given) : 0;
	if (number < 1 || number > mostConcurrency) {
		throw new UsageFault(`${given} deliveries cannot run at once`, {remedy: `give a whole number from 1 to ${mostConcurrency}`});
	}

	return number;
};
