import os from 'node:os';
import process from 'node:process';

/** Names a worker in its leases: host, process, and what tells it from another one of the same process number. */
export const workerName = (): string => `${os.hostname()}:${process.pid}:${Math.floor(Math.random() * 2 ** 30).toString(36)}`;

const standardLeaseMs = 30_000;
const leastLeaseMs = 200;

/** How long a claim lasts without a heartbeat: 30 s, or `AUDITTY_LEASE_MS`, which tests shorten. */
export const leaseMsOf = (environment: Readonly<Record<string, string | undefined>>): number => {
	const given = Number(environment['AUDITTY_LEASE_MS']);
	return Number.isFinite(given) && given >= leastLeaseMs ? given : standardLeaseMs;
};
