import {type Instant} from '../../domain/records.ts';
import {redactorOf} from '../../domain/redaction/redactor.ts';
import {closeOpenTask, failOpenTask, knownTasks, readOpenTasks, upsertRemoteTasks} from '../../store/pull/remote-tasks.ts';
import {readSourceStates, writePulled, writeReach} from '../../store/pull/pull-state.ts';
import {type PullReport} from './pull-report.ts';
import {type PullRun} from './pull-run.ts';
import {taskRow} from './remote-rows.ts';
import {type RemoteTask} from './voucherify-api.ts';

/** Tasks can be listed later than those of calls after theirs. */
const overlapMs = 10 * 60_000;
/** Pages of older tasks that one pull reads; the next one goes on. */
const mostOlderPages = 50;
const askedAtOnce = 4;
const mostAsked = 2000;

const setTasks = ({state}: PullRun, change: (tasks: PullReport['tasks']) => PullReport['tasks']): void => {
	const {report} = state.get();
	state.set({report: {...report, tasks: change(report.tasks)}});
};

const storeTasks = async (run: PullRun, found: readonly RemoteTask[], {isWhole}: {readonly isWhole: boolean}): Promise<void> => {
	const {store, save, redaction} = run;
	if (found.length === 0) {
		return;
	}

	const redactor = redactorOf(redaction);
	const known = await knownTasks(store, found.map(({id}) => id));
	const added = new Set(found.filter(({id}) => !known.has(id)).map(({id}) => id)).size;
	setTasks(run, tasks => ({...tasks, read: tasks.read + (isWhole ? 0 : found.length), added: tasks.added + added}));
	const [, changed] = await save(upsertRemoteTasks(found.map(task => taskRow(task, {redactor, isWhole}))));
	// A single answer changes at least what the list left out, which is no news.
	if (!isWhole) {
		setTasks(run, tasks => ({...tasks, changed: tasks.changed + Math.max(0, (changed?.rowsAffected ?? 0) - added)}));
	}
};

/**
 * Reads the list of tasks, the newest first, by end date: until what an earlier pull reached, then on from how far back
 * that came. Ends at an empty page, one that is said to be the last, or one that brings nothing new.
 */
export const pullTasks = async (run: PullRun): Promise<void> => {
	const {api, signal, state, store, save} = run;
	const {tasks: before} = await readSourceStates(store);
	const reached = before.reachedUntil;
	const seen = new Set<string>();
	let endDate: Instant | null = state.get().tasks?.endDate ?? null;
	let newest = state.get().tasks?.newest ?? reached ?? 0;
	let oldest = endDate ?? Infinity;
	let isComplete = false;
	let isOlder = reached === null;
	for (let olderPages = 0; olderPages < mostOlderPages;) {
		const {items, hasMore} = await api.tasks(endDate, signal);
		const fresh = items.filter(({id}) => !seen.has(id));
		for (const {id, createdAt} of fresh) {
			seen.add(id);
			newest = Math.max(newest, createdAt);
			oldest = Math.min(oldest, createdAt);
		}

		await storeTasks(run, fresh, {isWhole: false});
		if (fresh.length === 0 || !hasMore) {
			isComplete = true;
			break;
		}

		if (!isOlder && reached !== null && oldest < reached - overlapMs) {
			if (before.isComplete) break;
			// What lies between was read by an earlier pull.
			isOlder = true;
			oldest = Math.min(oldest, before.reachedFrom ?? Infinity);
		}

		// Whether a task of that very instant belongs to the page is not documented: it does, or comes twice.
		endDate = oldest + 1;
		olderPages += isOlder ? 1 : 0;
		state.set({tasks: {endDate, newest}});
		await save([]);
	}

	const from = Math.min(oldest, before.reachedFrom ?? Infinity);
	await save([writeReach('tasks', {from: Number.isFinite(from) ? from : null, until: newest === 0 ? null : newest, isComplete: isComplete || before.isComplete})]);
};

const isScarce = ({api}: PullRun): boolean => {
	const allowance = api.allowance();
	return allowance !== null && allowance.remaining < Math.max(5, allowance.limit / 10);
};

/**
 * Asks for single tasks: those that were not at their end, and what no list tells (results, users, logs) of those that
 * are. The latter are left to the next pull when few calls are left.
 */
export const pullResults = async (run: PullRun): Promise<void> => {
	const {api, signal, store, save, now, state} = run;
	const open = (await readOpenTasks(store)).slice(0, mostAsked);
	for (let at = 0; at < open.length; at += askedAtOnce) {
		signal.throwIfAborted();
		const chunk = open.slice(at, at + askedAtOnce).filter(({isFinished}) => !isFinished || !isScarce(run));
		const found = await Promise.all(chunk.map(async task => ({...task, answer: await api.task(task.id, signal)})));
		await storeTasks(run, found.map(({answer}) => answer).filter(answer => answer !== null), {isWhole: true});
		const changed = found.filter(({answer, status, progress}) => answer === null || answer.status !== status || answer.progress !== progress).length;
		setTasks(run, tasks => ({...tasks, changed: tasks.changed + changed}));
		const gone = found.filter(({answer}) => answer === null);
		if (gone.length > 0) {
			await save(gone.flatMap(({id}) => [failOpenTask(id), closeOpenTask(id)]));
		}
	}

	const left = await readOpenTasks(store);
	setTasks(run, tasks => ({...tasks, unfinished: left.filter(({isFinished}) => !isFinished).length, without_result: left.filter(({isFinished}) => isFinished).length}));
	await save([writePulled('tasks', {at: now(), added: state.get().report.tasks.added})]);
};
