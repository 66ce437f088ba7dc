import {type BackgroundTask} from '../../domain/records.ts';

/** Beginning, cancelling and running again what goes on in the background. */
export type TaskServices = {
	/** Creates the background task that imports a file; a worker carries it out. Throws a Fault when the file cannot be read. */
	startImport: (request: {readonly path: string; readonly format?: ImportFormat}) => Promise<BackgroundTask>;
	/** The same for the sample project. */
	startSample: () => Promise<BackgroundTask>;
	/** Cancels a background task: one that waits at once, one that runs when its worker hears of it. */
	cancelTask: (request: {readonly id: string}) => Promise<TaskChange>;
	/** Puts a background task that ended back to its beginning, under its ID. */
	rerunTask: (request: {readonly id: string}) => Promise<TaskChange>;
};

/** What came of a wish to cancel a task or to run it again. */
export type TaskChange =
	| {readonly kind: 'changed'; readonly task: BackgroundTask; readonly text: string}
	/** `reason` goes on after the task's name. */
	| {readonly kind: 'refused'; readonly reason: string; readonly remedy: string};

export type ImportFormat = 'har' | 'ndjson' | 'csv';
