import {defineCommand} from './command.ts';

export const showCommand = defineCommand({
	name: 'show', summary: '', usage: ['show'], description: [], examples: [], arguments: {least: 0, most: 2}, flags: {},
	run: async () => Promise.resolve(0),
});
