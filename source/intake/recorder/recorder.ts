import {type RecordSettings} from '../../services/recording/record-settings.ts';
import {type Exchange} from './exchange.ts';

export type RecordingFigures = {
	/** Are in the store. */
	readonly recorded: number;
	/** Were left out, as more came than could be stored, or they could not be stored at all. */
	readonly dropped: number;
};

/** What can go wrong with recording while traffic goes on; the text is for a person. */
export type RecordingNotice =
	| {readonly kind: 'store-fault' | 'recorder-restarted'; readonly text: string}
	| {readonly kind: 'store-works' | 'dropping'; readonly text: string};

/** Takes exchanges and stores them behind the traffic. */
export type Recorder = {
	/** Never throws, never waits: what has no room is dropped and counted. */
	readonly record: (exchange: Exchange) => void;
	/** How bodies are to be kept, as it stands. */
	readonly settings: () => RecordSettings;
	readonly figures: () => RecordingFigures;
	/** Stores what is still waiting, for at most `graceMs`, and ends. What was not stored by then counts as dropped. */
	readonly close: (graceMs?: number) => Promise<RecordingFigures>;
};
