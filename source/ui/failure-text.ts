import {Fault} from '../domain/fault.ts';

/** One line for the screen: what is wrong, and what to do where that is known. */
export const describeFailure = (error: unknown): string => {
	if (error instanceof Fault) {
		return error.remedy === undefined ? error.message : `${error.message}, ${error.remedy}`;
	}

	return error instanceof Error ? error.message : String(error);
};
