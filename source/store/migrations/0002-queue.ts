/*
 * A job is a piece of work that some worker does; a lane bounds how many of its jobs run at once. The states of a job:
 *
 *   ready -> running -> done | dead | cancelled
 *     ^________|          a try that failed, a lease that lapsed, a worker that gave it back
 *   ready -> cancelled
 */

const lanes = `CREATE TABLE lanes (
	name TEXT PRIMARY KEY,
	max_running INTEGER NOT NULL,
	blocked_until INTEGER NOT NULL DEFAULT 0,
	last_claim INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID`;

// `fence` grows with each claim: whoever holds an older number writes nothing more. `claim_cursor` is the checkpoint
// that the try began from, so that a try that came further than it can be told from one that came to nothing.
const jobs = `CREATE TABLE jobs (
	seq INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	type TEXT NOT NULL,
	lane TEXT NOT NULL REFERENCES lanes (name),
	state TEXT NOT NULL DEFAULT 'ready',
	run_at INTEGER NOT NULL,
	attempt INTEGER NOT NULL DEFAULT 0,
	max_attempts INTEGER NOT NULL,
	fence INTEGER NOT NULL DEFAULT 0,
	lease_by TEXT,
	lease_until INTEGER,
	cursor TEXT,
	claim_cursor TEXT,
	cancel INTEGER NOT NULL DEFAULT 0,
	dedupe TEXT,
	error TEXT,
	CHECK (state IN ('ready', 'running', 'done', 'dead', 'cancelled'))
) STRICT`;

// An insert into it fails unless the lease is held: the first statement of every batch that only its holder may write.
const heldLeases = `CREATE VIEW held_leases AS SELECT id, fence FROM jobs WHERE state = 'running'`;

const refuseLostLease = `CREATE TRIGGER held_leases_insert INSTEAD OF INSERT ON held_leases
	WHEN NOT EXISTS (SELECT 1 FROM jobs WHERE id = NEW.id AND state = 'running' AND fence = NEW.fence)
	BEGIN SELECT RAISE(ABORT, 'lease lost'); END`;

export const queueSchema: readonly string[] = [
	lanes, jobs, heldLeases, refuseLostLease,
	`CREATE INDEX jobs_ready ON jobs (lane, run_at) WHERE state = 'ready'`,
	`CREATE INDEX jobs_due ON jobs (run_at) WHERE state = 'ready'`,
	`CREATE INDEX jobs_running ON jobs (lane, lease_until) WHERE state = 'running'`,
	`CREATE UNIQUE INDEX jobs_by_dedupe ON jobs (dedupe) WHERE dedupe IS NOT NULL AND state IN ('ready', 'running')`,
];
