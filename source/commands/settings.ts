import {defineCommand} from './command.ts';

export const settingsCommand = defineCommand({
	name: 'settings', summary: '', usage: ['settings'], description: [], examples: [], arguments: {least: 0, most: 2}, flags: {},
	run: async () => Promise.resolve(0),
});
