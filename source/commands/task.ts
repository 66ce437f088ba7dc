import {Fault, UsageFault} from '../domain/fault.ts';
import {type BackgroundTask} from '../domain/records.ts';
import {isoInstant} from '../domain/time/iso-instant.ts';
import {defineCommand} from './command.ts';

const verbs = ['cancel', 'rerun'] as const;

export const taskCommand = defineCommand({
	name: 'task',
	summary: 'Cancel a background task, or run it again',
	usage: ['task cancel ID', 'task rerun ID'],
	description: [
		'cancel stops a task that waits or runs; what it has done stays. rerun puts a task that ended back to its beginning,\nunder its ID, for a worker to carry out.',
	],
	examples: [
		{line: 'task cancel aa_12f8d7ff415061a645', does: 'stop it'},
		{line: 'task rerun aa_12f8d7ff415061a645', does: 'do it once more'},
	],
	arguments: {least: 2, most: 2},
	flags: {},
	run: async ({arguments: [verb = '', id = ''], context}) => {
		if (!verbs.some(known => known === verb)) {
			throw new UsageFault(`task does not know ${verb}`, {remedy: 'write auditty task cancel ID or auditty task rerun ID'});
		}

		const {storeLocation, dataDirectory, output, format} = context;
		if (storeLocation.isReadOnly) {
			throw new UsageFault('--read-only leaves the store as it is', {remedy: `leave it out to ${verb} a task`});
		}

		const [{openStore}, {cancelTask, rerunTask}] = await Promise.all([import('../store/open-store.ts'), import('../services/control-task.ts')]);
		const store = await openStore({...storeLocation, home: dataDirectory});
		try {
			const change = verb === 'cancel' ? cancelTask : rerunTask;
			const outcome = await change({store}, {id});
			if (outcome.kind === 'refused') {
				throw new Fault(`the background task ${id} ${outcome.reason}`, {remedy: outcome.remedy});
			}

			const {text, task} = outcome;
			await output.write(format === 'json' ? `${JSON.stringify(asPrinted(task))}\n` : `${id} ${text}\n`);
			return 0;
		} finally {
			await store.close();
		}
	},
});

const asPrinted = (task: BackgroundTask): unknown => ({...task, created_at: isoInstant(task.created_at), updated_at: isoInstant(task.updated_at)});
