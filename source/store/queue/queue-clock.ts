/** An SQL expression that gives the instant of now (epoch ms). */
export type QueueClock = () => string;

/** The database's own clock, so that machines whose clocks are wrong agree about leases. */
export const databaseClock: QueueClock = () => `CAST(unixepoch('subsec') * 1000 AS INTEGER)`;

/** A clock that tests set. */
export const fixedClock = (now: () => number): QueueClock => () => String(Math.trunc(now()));
