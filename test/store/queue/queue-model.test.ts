import assert from 'node:assert/strict';
import {test} from 'node:test';
import fc from 'fast-check';
import {enqueue} from '../../../source/store/queue/enqueue.ts';
import {type ClaimedJob, type JobState, LeaseLost} from '../../../source/store/queue/job.ts';
import {fixedClock} from '../../../source/store/queue/queue-clock.ts';
import {createQueue, type Queue} from '../../../source/store/queue/queue.ts';
import {type Store} from '../../../source/store/store.ts';
import {storeKinds, temporaryStore} from '../../helpers/temporary-store.ts';

const leaseMs = 1000;
const laneSizes = {a: 1, b: 2} as const;
type Lane = keyof typeof laneSizes;

/** What the queue should hold, by its state diagram. */
type ModelJob = {
	lane: Lane; order: number; state: JobState; runAt: number; attempt: number; maxAttempts: number; fence: number;
	leaseUntil: number; cursor: number | null; claimCursor: number | null; isCancelAsked: boolean;
};
type Model = {now: number; jobs: Map<string, ModelJob>; lastClaim: Record<Lane, number>; held: Array<{id: string; fence: number}>};
type Real = {store: Store; queue: Queue; clock: {now: number}; held: ClaimedJob[]};

const running = (model: Model, lane: Lane): number => [...model.jobs.values()].filter(job => job.lane === lane && job.state === 'running').length;

const isHeld = (model: Model, lease: {id: string; fence: number}): boolean => {
	const job = model.jobs.get(lease.id);
	return job?.state === 'running' && job.fence === lease.fence;
};

const reap = (model: Model): void => {
	for (const job of model.jobs.values()) {
		if (job.state === 'running' && (job.leaseUntil < model.now || job.leaseUntil > model.now + 4 * leaseMs)) {
			job.attempt -= job.cursor === job.claimCursor ? 0 : 1;
			job.state = job.isCancelAsked ? 'cancelled' : (job.attempt >= job.maxAttempts ? 'dead' : 'ready');
			job.runAt = model.now;
		}
	}
};

const compare = async (model: Model, {store}: Real): Promise<void> => {
	const rows = await store.read('SELECT id, state, attempt, fence, cursor, cancel FROM jobs ORDER BY id');
	const expected = [...model.jobs].map(([id, job]) => ({id, state: job.state, attempt: job.attempt, fence: job.fence, cursor: job.cursor === null ? null : String(job.cursor), cancel: job.isCancelAsked ? 1 : 0}));
	assert.deepEqual(rows.map(row => ({...row})), expected.sort((a, b) => a.id < b.id ? -1 : 1));
};

type Step = {readonly name: string; readonly isPossible: (model: Model) => boolean; readonly run: (model: Model, real: Real) => Promise<void>};

const command = ({name, isPossible, run}: Step): fc.AsyncCommand<Model, Real> => ({
	check: isPossible,
	async run(model, real) {
		await run(model, real);
		await compare(model, real);
	},
	toString: () => name,
});

/** A step by the holder of a lease: refused, without any effect, when the lease is lost. */
const byHolder = (name: string, which: number, act: (queue: Queue, lease: ClaimedJob, job: ModelJob, model: Model) => Promise<void>): fc.AsyncCommand<Model, Real> => command({
	name: `${name} ${which}`,
	isPossible: model => model.held.length > 0,
	async run(model, real) {
		const index = which % model.held.length;
		const lease = real.held[index];
		assert(lease);
		const job = model.jobs.get(lease.id);
		assert(job);
		if (isHeld(model, lease)) {
			await act(real.queue, lease, job, model);
		} else {
			const untouched = structuredClone(job);
			await assert.rejects(act(real.queue, lease, structuredClone(job), model), LeaseLost);
			assert.deepEqual(job, untouched);
		}
	},
});

const commands = [
	fc.record({lane: fc.constantFrom<Lane>('a', 'b'), delayMs: fc.constantFrom(0, 500), maxAttempts: fc.integer({min: 1, max: 3})}).map(({lane, delayMs, maxAttempts}) => command({
		name: `enqueue in ${lane} after ${delayMs}`,
		isPossible: () => true,
		async run(model, real) {
			const order = model.jobs.size;
			const id = `job${String(order).padStart(3, '0')}`;
			await real.store.write(enqueue({id, type: 'T', lane, laneSize: laneSizes[lane], maxAttempts, delayMs}, fixedClock(() => real.clock.now)));
			model.jobs.set(id, {lane, order, state: 'ready', runAt: model.now + delayMs, attempt: 0, maxAttempts, fence: 0, leaseUntil: 0, cursor: null, claimCursor: null, isCancelAsked: false});
		},
	})),
	fc.integer({min: 1, max: 2}).map(limit => command({
		name: `claim ${limit}`,
		isPossible: () => true,
		async run(model, real) {
			const isDue = await real.queue.isWorkDue(['T']);
			const claimed = await real.queue.claim({by: 'w', types: ['T'], limit});
			const before = JSON.stringify([...model.jobs]);
			reap(model);
			const isReaped = before !== JSON.stringify([...model.jobs]);
			const firsts = (['a', 'b'] as const).filter(lane => running(model, lane) < laneSizes[lane])
				.flatMap(lane => [...model.jobs].filter(([, job]) => job.lane === lane && job.state === 'ready' && job.runAt <= model.now).sort(([, x], [, y]) => x.runAt - y.runAt || x.order - y.order).slice(0, 1))
				.sort(([, x], [, y]) => model.lastClaim[x.lane] - model.lastClaim[y.lane]);
			assert.equal(claimed.length, Math.min(limit, firsts.length));
			assert.equal(isDue, isReaped || claimed.length > 0);
			for (const job of claimed) {
				// Of lanes that waited equally long either may come first.
				const first = firsts.find(([id]) => id === job.id)?.[1];
				assert(first, `${job.id} is not the first due job of its lane`);
				assert(claimed.length === firsts.length || firsts.every(([, other]) => model.lastClaim[other.lane] >= model.lastClaim[first.lane]));
				Object.assign(first, {state: 'running', attempt: first.attempt + 1, fence: first.fence + 1, leaseUntil: model.now + leaseMs, claimCursor: first.cursor});
				assert.deepEqual([job.attempt, job.fence, job.cursor], [first.attempt, first.fence, first.cursor]);
				model.held.push({id: job.id, fence: job.fence});
				real.held.push(job);
			}

			for (const job of claimed) {
				model.lastClaim[job.lane as Lane] = model.now;
			}
		},
	})),
	fc.constantFrom(100, 600, 1001, 5000, -5000).map(ms => command({
		name: `clock ${ms}`,
		isPossible: () => true,
		run(model, real) {
			model.now += ms;
			real.clock.now = model.now;
			return Promise.resolve();
		},
	})),
	fc.tuple(fc.nat(), fc.option(fc.nat())).map(([which, cursor]) => byHolder('heartbeat', which, async (queue, lease, job, model) => {
		const {isCancelled} = await queue.heartbeat(lease, cursor === null ? {} : {cursor});
		assert.equal(isCancelled, job.isCancelAsked);
		job.leaseUntil = model.now + leaseMs;
		job.cursor = cursor ?? job.cursor;
	})),
	fc.nat().map(which => byHolder('finish', which, async (queue, lease, job) => {
		await queue.finish(lease);
		job.state = 'done';
	})),
	fc.tuple(fc.nat(), fc.boolean()).map(([which, isFinal]) => byHolder('fail', which, async (queue, lease, job, model) => {
		const state = await queue.fail(lease, {error: 'it broke', delayMs: 300, isFinal});
		job.state = isFinal || job.attempt >= job.maxAttempts ? 'dead' : 'ready';
		job.runAt = model.now + 300;
		assert.equal(state, job.state);
	})),
	fc.nat().map(which => byHolder('release', which, async (queue, lease, job, model) => {
		await queue.release(lease);
		job.state = job.isCancelAsked ? 'cancelled' : 'ready';
		job.attempt--;
		job.runAt = model.now;
	})),
	fc.nat().map(which => byHolder('confirm', which, async (queue, lease, job) => {
		await queue.confirmCancelled(lease);
		job.state = 'cancelled';
	})),
	fc.nat().map(which => command({
		name: `cancel ${which}`,
		isPossible: model => model.jobs.size > 0,
		async run(model, {queue}) {
			const [id, job] = [...model.jobs][which % model.jobs.size] ?? [];
			assert(id !== undefined && job);
			const expected = job.state === 'ready' ? 'cancelled' : (job.state === 'running' ? 'asked' : 'ended');
			assert.equal(await queue.cancel(id), expected);
			job.isCancelAsked ||= expected !== 'ended';
			job.state = expected === 'cancelled' ? 'cancelled' : job.state;
		},
	})),
	fc.nat().map(which => command({
		name: `rerun ${which}`,
		isPossible: model => model.jobs.size > 0,
		async run(model, {queue}) {
			const [id, job] = [...model.jobs][which % model.jobs.size] ?? [];
			assert(id !== undefined && job);
			const isEnded = job.state !== 'ready' && job.state !== 'running';
			assert.equal(await queue.rerun(id), isEnded);
			if (isEnded) {
				Object.assign(job, {state: 'ready', attempt: 0, runAt: model.now, cursor: null, claimCursor: null, isCancelAsked: false});
			}
		},
	})),
];

for (const kind of storeKinds) {
	test(`${kind}: whatever happens in whatever order, a job follows its state diagram and only the holder of the newest fence changes it`, async context => {
		const store = await temporaryStore(context, kind);
		await fc.assert(fc.asyncProperty(fc.commands(commands, {maxCommands: 40}), async steps => {
			await store.write([{sql: 'DELETE FROM jobs'}, {sql: 'DELETE FROM lanes'}]);
			const start = 1_800_000_000_000;
			const clock = {now: start};
			await fc.asyncModelRun(() => ({
				model: {now: start, jobs: new Map(), lastClaim: {a: 0, b: 0}, held: []},
				real: {store, queue: createQueue({store, leaseMs, clock: fixedClock(() => clock.now)}), clock, held: []},
			}), steps);
		}), {numRuns: 60});
	});
}
