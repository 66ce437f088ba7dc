import {setTimeout as delay} from 'node:timers/promises';
import {type PtySession} from '../helpers/pty.ts';

/** A row of the list: what makes a frame a populated one. */
export const populated = /(POST|GET|PUT|DELETE)_(client_)?v1_/;

const quietMs = 25;

/** Down and up inside the page, so that a move is a move of the cursor. */
export const upAndDown = (index: number): string => Math.floor(index / 20) % 2 === 0 ? 'j' : 'k';

/** The key is answered when output stops: its last byte is the end of the frame. */
async function press(session: PtySession, key: string): Promise<{readonly ms: number; readonly bytes: number}> {
	let bytes = 0;
	let last = 0;
	const stop = session.onOutput(length => {
		bytes += length;
		last = performance.now();
	});
	const start = performance.now();
	session.send(key);
	for (let waited = 0; waited < 2000 && (last === 0 || performance.now() - last < quietMs); waited += 5) {
		await delay(5);
	}

	stop();
	return {ms: (last === 0 ? Number.POSITIVE_INFINITY : last) - start, bytes};
}

/** Presses so many keys, each when the one before was answered. */
export async function pressMany(session: PtySession, sequence: (index: number) => string, count: number): Promise<{readonly times: readonly number[]; readonly bytes: readonly number[]}> {
	const times: number[] = [];
	const bytes: number[] = [];
	for (let index = 0; index < count; index++) {
		const answer = await press(session, sequence(index));
		times.push(answer.ms);
		bytes.push(answer.bytes);
	}

	return {times, bytes};
}

const cursorRow = (frame: string): number => frame.split('\n').findIndex(line => /^ ?▸/.test(line));

/** The same where the screen also changes by itself: a key is answered when the cursor stands on another row. */
export async function moveMany(session: PtySession, sequence: (index: number) => string, count: number): Promise<readonly number[]> {
	const times: number[] = [];
	let arrived = 0;
	const stop = session.onOutput(() => {
		arrived = performance.now();
	});
	for (let index = 0; index < count; index++) {
		const before = cursorRow(session.screen.frame());
		const start = performance.now();
		session.send(sequence(index));
		await session.screen.waitFor(frame => cursorRow(frame) !== before);
		times.push(arrived - start);
		await delay(quietMs);
	}

	stop();
	return times;
}
