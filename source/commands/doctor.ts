import {defineCommand} from './command.ts';

export const doctorCommand = defineCommand({
	name: 'doctor', summary: '', usage: ['doctor'], description: [], examples: [], arguments: {least: 0, most: 2}, flags: {},
	run: async () => Promise.resolve(0),
});
