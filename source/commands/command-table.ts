import {type Command} from './command.ts';

/** The commands in the order of help. A command is one file that exports it, and one line here. */
export const commandTable: ReadonlyArray<readonly [name: string, load: () => Promise<Command>]> = [
	['logs', async () => (await import('./tab-commands.ts')).logsCommand],
	['tasks', async () => (await import('./tab-commands.ts')).tasksCommand],
	['exports', async () => (await import('./tab-commands.ts')).exportsCommand],
	['sendouts', async () => (await import('./tab-commands.ts')).sendoutsCommand],
	['import', async () => (await import('./import.ts')).importCommand],
	['show', async () => (await import('./show.ts')).showCommand],
	['export', async () => (await import('./export.ts')).exportCommand],
	['download', async () => (await import('./download.ts')).downloadCommand],
	['pull', async () => (await import('./pull.ts')).pullCommand],
	['browse', async () => (await import('./browse.ts')).browseCommand],
	['task', async () => (await import('./task.ts')).taskCommand],
	['proxy', async () => (await import('./proxy.ts')).proxyCommand],
	['listen', async () => (await import('./listen.ts')).listenCommand],
	['endpoint', async () => (await import('./endpoint.ts')).endpointCommand],
	['emit', async () => (await import('./emit.ts')).emitCommand],
	['retry', async () => (await import('./retry.ts')).retryCommand],
	['replay', async () => (await import('./replay.ts')).replayCommand],
	['worker', async () => (await import('./worker.ts')).workerCommand],
	['purge', async () => (await import('./purge.ts')).purgeCommand],
	['settings', async () => (await import('./settings.ts')).settingsCommand],
	['doctor', async () => (await import('./doctor.ts')).doctorCommand],
];
