import {redactorOf} from '../../domain/redaction/redactor.ts';
import {closeOpenExport, knownExports, ownExports, readOpenExports, upsertRemoteExports} from '../../store/pull/remote-exports.ts';
import {readSourceStates, type SourceState, writePulled, writeReach} from '../../store/pull/pull-state.ts';
import {type PullRun} from './pull-run.ts';
import {exportRow} from './remote-rows.ts';
import {type RemoteExport} from './voucherify-api.ts';

/** Exports can be listed later than ones that were made after them. */
const overlapMs = 10 * 60_000;

const storeExports = async (run: PullRun, found: readonly RemoteExport[]): Promise<{readonly isKnown: (item: RemoteExport) => boolean}> => {
	const {state, save, redaction, now} = run;
	const ids = found.map(({id}) => id);
	const [known, own] = await Promise.all([knownExports(run.store, ids), ownExports(run.store, ids)]);
	const others = found.filter(({id, isOwn}) => !isOwn && !own.has(id));
	const added = new Set(others.filter(({id}) => !known.has(id)).map(({id}) => id)).size;
	const redactor = redactorOf(redaction);
	const {report} = state.get();
	const {exports} = report;
	state.set({report: {...report, exports: {...exports, read: exports.read + others.length, added: exports.added + added}}});
	const [changed] = others.length === 0 ? [] : await save([upsertRemoteExports(others.map(item => exportRow(item, {redactor, now: now()})))]);
	const change = Math.max(0, (changed?.rowsAffected ?? 0) - added);
	const after = state.get().report;
	state.set({report: {...after, exports: {...after.exports, changed: after.exports.changed + change}}});
	return {isKnown: ({id, isOwn}) => isOwn || own.has(id) || known.get(id)?.isDone === true};
};

/** Reads the list, the newest first, until what an earlier pull that came to the end has seen. Gives the IDs of what it saw. */
const readList = async (run: PullRun, before: SourceState): Promise<ReadonlySet<string>> => {
	const {api, signal, state, save} = run;
	const seen = new Set<string>();
	let {page, newest} = state.get().exports ?? {page: 1, newest: before.reachedUntil ?? 0};
	const isFromStart = page === 1;
	for (let count = 0; ; page++) {
		const {items, hasMore, total} = await api.exports(page, signal);
		const fresh = items.filter(({id}) => !seen.has(id));
		for (const {id, createdAt} of fresh) {
			seen.add(id);
			newest = Math.max(newest, createdAt ?? 0);
		}

		const {isKnown} = await storeExports(run, fresh);
		const isReached = items.some(item => before.isComplete && item.createdAt !== null && item.createdAt <= (before.reachedUntil ?? 0) - overlapMs && isKnown(item));
		count += items.length;
		const isAll = isFromStart && total !== null && count >= total;
		if (isReached || isAll || !hasMore || fresh.length === 0) {
			break;
		}

		state.set({exports: {page: page + 1, newest}});
		await save([]);
	}

	await save([writeReach('exports', {from: null, until: newest, isComplete: true})]);
	return seen;
};

/** Pulls the exports that others made in the project, and brings those up to date that were not done. Their files stay there until one is wanted. */
export const pullExports = async (run: PullRun): Promise<void> => {
	const {api, signal, save, state, now} = run;
	const {exports: before} = await readSourceStates(run.store);
	const seen = await readList(run, before);
	for (const id of await readOpenExports(run.store)) {
		if (!seen.has(id)) {
			const found = await api.export(id, signal);
			await (found === null ? save([closeOpenExport(id)]) : storeExports(run, [found]));
		}
	}

	await save([writePulled('exports', {at: now(), added: state.get().report.exports.added})]);
};
