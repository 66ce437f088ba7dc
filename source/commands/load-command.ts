import {queryKeysOf} from '../domain/fields/field-tables.ts';
import {UsageFault} from '../domain/fault.ts';
import {type Command} from './command.ts';
import {commandTable} from './command-table.ts';
import {nearestWord} from './nearest-word.ts';

const unknownCommand = (word: string): UsageFault => {
	const names = commandTable.map(([name]) => name);
	const key = /^-?(\w+):/.exec(word)?.[1];
	if (key !== undefined && queryKeysOf('logs').some(known => known.key === key)) {
		return new UsageFault(`${word} is a query, and no command stands before it`, {remedy: `write auditty logs ${word}`});
	}

	const nearest = nearestWord(word, names);
	const remedy = nearest === null ? `the commands are ${names.join(', ')}` : `did you mean ${nearest}? All commands: auditty --help`;
	return new UsageFault(`there is no command ${word === '' ? 'of no name' : word}`, {remedy});
};

/** The command of that name. Throws a UsageFault that names the one that may be meant. */
export const loadCommand = async (word: string): Promise<Command> => {
	const entry = commandTable.find(([name]) => name === word);
	if (entry === undefined) {
		throw unknownCommand(word);
	}

	return entry[1]();
};
