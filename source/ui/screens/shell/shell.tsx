import {useCallback, useEffect, useRef, useState} from 'react';
import {Box} from 'ink';
import {fieldTables} from '../../../domain/fields/field-tables.ts';
import {tabs, type Tab} from '../../../domain/records.ts';
import {formatInstant, type TimeMode} from '../../../domain/time/format-time.ts';
import {type Overview, type Settings} from '../../../services/services.ts';
import {type Session, type TabSession} from '../../../services/session-file.ts';
import {Header} from '../../components/frame/header.tsx';
import {TabBar} from '../../components/frame/tab-bar.tsx';
import {useKeyLayers, useKeys} from '../../keymap/keymap-context.tsx';
import {useSurroundings} from '../../services-context.ts';
import {withAutoWrap} from '../../terminal/auto-wrap.ts';
import {useTimeView} from '../../time-context.ts';
import {BrowseScreen} from '../browse/browse-screen.tsx';
import {OpenBrowseContext, type StartedBrowse} from '../browse/open-browse.ts';
import {ListScreen} from '../list/list-screen.tsx';
import {HelpOverlay} from '../overlays/help-overlay.tsx';
import {PaletteOverlay} from '../overlays/palette-overlay.tsx';
import {SettingsOverlay} from '../settings/settings-overlay.tsx';
import {WelcomeScreen} from '../welcome/welcome-screen.tsx';
import {ImportPrompt} from '../welcome/import-prompt.tsx';
import {leaveTrail, stepBack, type Step} from './trail.ts';
import {useStartedImport} from '../welcome/use-started-import.ts';

type ShellProps = {
	readonly session: Session;
	readonly onSession: (session: Session) => void;
	readonly openId?: string | undefined;
	/** A file to browse at once. */
	readonly browse?: StartedBrowse | undefined;
	readonly width: number;
	readonly height: number;
	readonly overview: Overview | null;
	readonly settings: Settings | null;
	readonly asOf: number;
	readonly timeMode: TimeMode;
	readonly onTime: () => void;
	/** Another list is shown, or the same one anew. */
	readonly onVisit: () => void;
	readonly onExit: () => void;
	readonly stopProcess: () => Promise<void>;
};

/** Which tab is shown; `visit` grows when it is to be shown anew, with another query or another place. */
type Place = {readonly tab: Tab; readonly visit: number; readonly openId?: string | undefined; readonly goTo?: number | undefined; readonly opens?: 'endpoints' | undefined};

export const emptyTabSession = (tab: Tab): TabSession => ({query: fieldTables[tab].defaultQuery?.text ?? '', position: null, marks: [], isTimelineShown: true, history: []});

/** Header, tabs, the active tab's screen, and what lies over all of them. */
export const Shell = ({session: start, onSession, openId, browse, width, height, overview, settings, asOf, timeMode, onTime, onVisit, onExit, stopProcess}: ShellProps) => {
	const {suspend, say, writeToTerminal} = useSurroundings();
	const trail = useRef<readonly Step[]>([]);
	const {zone} = useTimeView();
	const [place, setPlace] = useState<Place>({tab: start.tab, visit: 0, openId});
	const [overlay, setOverlay] = useState<'none' | 'help' | 'palette' | 'import' | 'settings'>('none');
	const [command, setCommand] = useState<string | null>(null);
	const [browsing, setBrowsing] = useState<(StartedBrowse & {readonly visit: number}) | null>(browse === undefined ? null : {...browse, visit: 0});
	const layers = useKeyLayers();
	const sessions = useRef<Session['tabs']>(start.tabs);
	const pressedAtImport = useRef(0);
	const {startImport, startSample, isImporting} = useStartedImport(query => {
		// Who went on meanwhile keeps the screen as it is, and finds the query where earlier ones are.
		if (layers.pressed() === pressedAtImport.current) {
			navigate('logs', query);
			return {remedy: null};
		}

		const logs = sessionOf('logs');
		sessions.current = {...sessions.current, logs: {...logs, history: [query, ...logs.history.filter(text => text !== query)]}};
		return {remedy: place.tab === 'logs' ? 'ctrl-f up enter shows them' : '1 ctrl-f up enter shows them'};
	});
	const whileWaiting = (start: () => void) => {
		pressedAtImport.current = layers.pressed();
		start();
	};

	const sessionOf = (tab: Tab): TabSession => sessions.current[tab] ?? emptyTabSession(tab);
	const keep = (tab: Tab, session: TabSession) => {
		sessions.current = {...sessions.current, [tab]: session};
		onSession({tab: place.tab, timeMode, tabs: sessions.current});
	};

	useEffect(() => {
		onSession({tab: place.tab, timeMode, tabs: sessions.current});
	}, [onSession, place.tab, timeMode]);

	useEffect(() => {
		if (command !== null && overlay === 'none') {
			setCommand(null);
			layers.run(command);
		}
	}, [command, overlay, layers]);

	useEffect(() => {
		onVisit();
	}, [onVisit, place.visit]);

	const navigate = (tab: Tab, query: string, id?: string) => {
		sessions.current = {...sessions.current, [tab]: {...sessionOf(tab), query, position: null}};
		setPlace(before => ({tab, visit: before.visit + 1, openId: id}));
	};

	/** To a record that belongs with the one in front; Esc and q lead back. */
	const follow = (tab: Tab, query: string, id?: string) => {
		trail.current = [...trail.current, {from: place.tab, to: tab, query, left: sessionOf(place.tab), replaced: sessionOf(tab)}];
		sessions.current = {...sessions.current, [tab]: {...sessionOf(tab), marks: []}};
		navigate(tab, query, id);
		say(`esc leads back to ${fieldTables[place.tab].title}`);
	};

	const goBack = (): boolean => {
		const step = trail.current.at(-1);
		if (!step) {
			return false;
		}

		trail.current = trail.current.slice(0, -1);
		sessions.current = stepBack(sessions.current, step);
		setPlace(before => ({tab: step.from, visit: before.visit + 1}));
		return true;
	};

	const show = (tab: Tab) => () => {
		setBrowsing(null);
		sessions.current = leaveTrail(sessions.current, trail.current);
		trail.current = [];
		setPlace(before => before.tab === tab ? before : {tab, visit: before.visit + 1});
	};

	const byOffset = (offset: number) => () => {
		const index = (tabs.indexOf(place.tab) + offset + tabs.length) % tabs.length;
		show(tabs[index] ?? 'logs')();
	};

	const isEmpty = overview !== null && tabs.every(tab => overview.ranges[tab] === null) && !isImporting && place.opens === undefined;

	useKeys('global', {
		logs: show('logs'),
		tasks: show('tasks'),
		exports: show('exports'),
		sendouts: show('sendouts'),
		nextPane: byOffset(1),
		previousPane: byOffset(-1),
		help() {
			setOverlay('help');
		},
		palette() {
			setOverlay('palette');
		},
		settings() {
			setOverlay('settings');
		},
		back() {
			if (!goBack()) {
				onExit();
			}
		},
		escape() {
			// At the outermost level it does nothing: Esc never quits.
			goBack();
		},
		quit: onExit,
		suspend() {
			void suspend(async () => withAutoWrap(writeToTerminal, stopProcess));
		},
		// In the list of sendouts they have a key of its own.
		endpoints: place.tab !== 'sendouts' || isEmpty ? () => {
			setPlace(before => ({tab: 'sendouts', visit: before.visit + 1, opens: 'endpoints'}));
		} : undefined,
		refresh() {
			setPlace(before => ({...before, visit: before.visit + 1, openId: undefined, opens: undefined}));
			say('read again');
		},
		time: onTime,
		redraw() {
			void suspend(() => undefined);
		},
		print: {run() {
			// Where a record is in front, its own layer prints it.
		}, disabledReason: 'no record is in front'},
	});

	// Times are shown in the project's zone, and whether there is anything to list must be known: until then only the frame stands.
	const isKnown = overview !== null && settings !== null;
	const openBrowse = useCallback((started: StartedBrowse) => {
		setBrowsing({...started, visit: place.visit});
	}, [place.visit]);
	const bodyHeight = height - 2;
	const close = () => {
		setOverlay('none');
	};

	return (
		<OpenBrowseContext value={openBrowse}>
			<Box flexDirection='column' width={width} height={height}>
				<Header projectName={settings?.projectName ?? null} storeName={overview?.storeName ?? ''} isReadOnly={overview?.isReadOnly ?? false} width={width} asOf={formatInstant(asOf, zone, 'clock')}/>
				<TabBar active={place.tab} overview={overview} width={width}/>
				{overlay === 'help' && <HelpOverlay width={width} height={bodyHeight} onClose={close}/>}
				{overlay === 'palette' && (
					<PaletteOverlay
						width={width} height={bodyHeight} onClose={close} onRun={setCommand}
						onImport={() => {
							setOverlay('import');
						}}
						onGoTo={at => {
							setPlace(before => ({...before, visit: before.visit + 1, openId: undefined, opens: undefined, goTo: at}));
						}}
					/>
				)}
				{overlay === 'settings' && isKnown && <SettingsOverlay settings={settings} isReadOnly={overview.isReadOnly} width={width} height={bodyHeight} onClose={close}/>}
				{overlay === 'import' && <ImportPrompt width={width} height={bodyHeight} onClose={close} onImport={path => {
					whileWaiting(() => {
						startImport(path);
					});
				}}/>}
				{isKnown && browsing !== null && (
					<BrowseScreen
						key={JSON.stringify(browsing.source)} source={browsing.source} query={browsing.query} generation={place.visit - browsing.visit} settings={settings} now={asOf}
						isHidden={overlay !== 'none'} width={width} height={bodyHeight}
						onClose={() => {
							setBrowsing(null);
						}}
					/>
				)}
				{isKnown && !(isEmpty && browsing !== null) && (isEmpty
					? (
						<WelcomeScreen
							width={width} height={overlay === 'none' ? bodyHeight : 0} storeName={overview.storeName} isReadOnly={overview.isReadOnly} onSample={() => {
								whileWaiting(startSample);
							}}
							onImport={() => {
								setOverlay('import');
							}}
						/>
					)
					: (
						<ListScreen
							key={`${place.tab} ${place.visit}`} tab={place.tab} session={sessionOf(place.tab)} openId={place.openId} goTo={place.goTo} opens={place.opens} width={width} height={bodyHeight} isHidden={overlay !== 'none' || browsing !== null}
							overview={overview} settings={settings} now={asOf} onNavigate={follow}
							onSession={session => {
								keep(place.tab, session);
							}}
							onImport={() => {
								setOverlay('import');
							}}
						/>
					))}
			</Box>
		</OpenBrowseContext>
	);
};
