import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {Fault} from '../domain/fault.ts';

const keyBytes = 32;

const errorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** The key appears under its name only when it is whole, and of several processes that make it one wins. */
const makeKey = (file: string): void => {
	fs.mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
	const unfinished = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
	fs.writeFileSync(unfinished, randomBytes(keyBytes), {flag: 'wx', mode: 0o600});
	try {
		fs.linkSync(unfinished, file);
	} catch (error) {
		if (errorCode(error) !== 'EEXIST') throw error;
	} finally {
		fs.unlinkSync(unfinished);
	}
};

/**
 * The random key of this installation that fingerprints of secrets are made with; made when it is not there yet. It lies
 * beside the store, not in it: who gets the store alone cannot guess secrets by their fingerprints.
 * @param home The data directory.
 */
export const readFingerprintKey = (home: string): Buffer => {
	const file = path.join(home, 'fingerprint.key');
	try {
		if (!fs.existsSync(file)) makeKey(file);
		const key = fs.readFileSync(file);
		if (key.length < keyBytes) throw new Fault(`the key file ${file} is damaged`, {remedy: 'move it away: a new one is made, and fingerprints of secrets change'});
		return key;
	} catch (error) {
		if (error instanceof Fault) throw error;
		throw new Fault(`the key file ${file} cannot be used (${errorCode(error)})`, {remedy: 'check the permissions of the data directory', cause: error});
	}
};
