/**
 * Logs of one part of the search index. A part is what a purge throws away at once (150 ms of the write lock) and what
 * a search asks in one statement. It is written into the schema: another number needs a migration.
 */
export const logsAPart = 40_000;
