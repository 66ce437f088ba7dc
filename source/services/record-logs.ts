import {compileFactRules, type FactRules} from '../domain/derive/fact-rules.ts';
import {prepareLog} from '../domain/derive/prepare-log.ts';
import {type SourceLog} from '../domain/derive/source-log.ts';
import {type Instant, type Log} from '../domain/records.ts';
import {type Redaction} from '../domain/redaction/redaction.ts';
import {insertLogs} from '../store/logs/insert-logs.ts';
import {type Store} from '../store/store.ts';

/** A call of live traffic. Its ID is given by whoever saw it, so that storing it again adds nothing. */
export type RecordedCall = {
	readonly log: SourceLog & {readonly id: string; readonly created_at: Instant};
	/** Stands in where neither headers nor the answer give a request ID. */
	readonly requestId: string | null;
};

/** The logs that are stored: derived and redacted like those of an import, then completed by a person's own rules. */
export const prepareCalls = ({redaction, rules, now}: {
	readonly redaction: Redaction;
	readonly rules: FactRules;
	readonly now: () => Instant;
}): ((calls: readonly RecordedCall[]) => readonly Log[]) => {
	const factsOf = compileFactRules(rules);
	return calls => calls.flatMap(({log: source, requestId}) => {
		const prepared = prepareLog(source, {now: now(), redaction});
		// A call that was seen has an instant and an ID, so that none is refused.
		return prepared.ok ? [{...prepared.log, request_id: prepared.log.request_id ?? requestId, ...factsOf(prepared.log)}] : [];
	});
};

/**
 * Stores calls of live traffic in chunks, each once by its ID. Throws a `Fault` when the store cannot be written; the
 * same calls can then be given again.
 */
export const recordLogs = async (store: Store, logs: readonly Log[], now: () => Instant): Promise<void> => {
	await insertLogs(store, logs, {storedAt: now()});
};
