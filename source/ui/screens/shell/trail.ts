import {type Tab} from '../../../domain/records.ts';
import {type Session, type TabSession} from '../../../services/session-file.ts';

/** A step from a record to one that it belongs with, in another list or the same. */
export type Step = {
	readonly from: Tab;
	readonly to: Tab;
	/** What the list was given to show that one record. */
	readonly query: string;
	/** The list that was left, and the one that the step took the place of. */
	readonly left: TabSession;
	readonly replaced: TabSession;
};

type TabSessions = Session['tabs'];

const withReplaced = (sessions: TabSessions, {to, query, replaced}: Step): TabSessions =>
	// Whoever changed the query there wants to keep what came of it.
	sessions[to]?.query === query ? {...sessions, [to]: replaced} : sessions;

/** The lists as they were before the last step. */
export const stepBack = (sessions: TabSessions, step: Step): TabSessions => ({...withReplaced(sessions, step), [step.from]: step.left});

/** The trail is left for good: lists that only showed a step's record show again what they did before. */
export const leaveTrail = (sessions: TabSessions, trail: readonly Step[]): TabSessions => trail.toReversed().reduce(withReplaced, sessions);
