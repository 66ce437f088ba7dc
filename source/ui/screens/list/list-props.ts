import {type ExportRecord, type SendoutSummary, type Tab} from '../../../domain/records.ts';
import {type Overview, type Settings} from '../../../services/services.ts';
import {type TabSession} from '../../../services/session-file.ts';

export type ListScreenProps<T extends Tab = Tab> = {
	readonly tab: T;
	readonly session: TabSession;
	readonly onSession: (session: TabSession) => void;
	/** A record to open at once. */
	readonly openId?: string | undefined;
	/** An instant to begin at. */
	readonly goTo?: number | undefined;
	/** What is open at once. */
	readonly opens?: 'endpoints' | undefined;
	/** Something lies over it: nothing is drawn, its state stays. */
	readonly isHidden: boolean;
	readonly onImport: () => void;
	readonly width: number;
	/** Lines for everything between the tab bar and the footer, footer included. */
	readonly height: number;
	readonly overview: Overview | null;
	readonly settings: Settings | null;
	/** Opens another tab with a query, and a record of it. */
	readonly onNavigate: (tab: Tab, query: string, openId?: string) => void;
	readonly now: number;
};

/** What is open over or beside the list. */
export type Overlay =
	| {readonly kind: 'none'}
	| {readonly kind: 'search'}
	| {readonly kind: 'editQuery'}
	| {readonly kind: 'form'}
	| {readonly kind: 'timePresets'}
	| {readonly kind: 'views'}
	| {readonly kind: 'saveView'; readonly query: string}
	| {readonly kind: 'group'; readonly key: string | null}
	| {readonly kind: 'copy'}
	| {readonly kind: 'related'}
	| {readonly kind: 'export'}
	/** What can be done with an export that is ready. */
	| {readonly kind: 'exportActions'; readonly exported: ExportRecord}
	/** Asks for the file to save a download to. */
	| {readonly kind: 'save'; readonly id: string}
	/** Asks whether to send this one again. */
	| {readonly kind: 'retry'; readonly sendout: SendoutSummary}
	/** Those that are marked or match. */
	| {readonly kind: 'retryAll'}
	/** Where sendouts go to. */
	| {readonly kind: 'endpoints'}
	| {readonly kind: 'confirm'; readonly title: string; readonly yes: string; readonly run: () => void};

export const noOverlay: Overlay = {kind: 'none'};

/** Overlays that are one line in place of the footer. */
export const isPromptOverlay = ({kind}: Overlay): boolean => kind === 'search' || kind === 'editQuery' || kind === 'saveView' || kind === 'save';
