import {useCallback, useMemo, useState} from 'react';
import {Box, Text, useApp, useStdout, useWindowSize} from 'ink';
import {nextTimeMode, zoneOf, type TimeMode} from '../domain/time/format-time.ts';
import {type Session} from '../services/session-file.ts';
import {KeymapProvider} from './keymap/keymap-context.tsx';
import {smallestScreen} from './layout.ts';
import {MessageContext} from './message-context.ts';
import {SurroundingsContext, type Surroundings} from './services-context.ts';
import {type StartedBrowse} from './screens/browse/open-browse.ts';
import {Shell} from './screens/shell/shell.tsx';
import {ThemeProvider, type Theme} from './theme.ts';
import {TimeContext} from './time-context.ts';
import {useMessages} from './hooks/use-messages.ts';
import {useOverview} from './hooks/use-overview.ts';

export type AppProps = {
	readonly surroundings: Omit<Surroundings, 'say' | 'suspend' | 'writeToTerminal'>;
	readonly theme: Theme;
	readonly session: Session;
	readonly onSession: (session: Session) => void;
	/** A record to open at once, on the session's tab. */
	readonly openId?: string | undefined;
	/** A file to browse at once. */
	readonly browse?: StartedBrowse | undefined;
	readonly localZone: string;
	/** Stops this process and its group, until the shell continues it. */
	readonly stopProcess: () => Promise<void>;
};

/** Providers, and the screen inside them. */
export const App = ({surroundings: given, theme, session, onSession, openId, browse, localZone, stopProcess}: AppProps) => {
	const {exit, suspendTerminal} = useApp();
	const {stdout} = useStdout();
	const {columns, rows} = useWindowSize();
	const {message, say} = useMessages();
	const [timeMode, setTimeMode] = useState<TimeMode>(session.timeMode);
	const surroundings = useMemo<Surroundings>(() => ({
		...given,
		say,
		async suspend(run) {
			await suspendTerminal(async () => {
				await run();
			});
		},
		writeToTerminal(data) {
			stdout.write(data);
		},
	}), [given, say, suspendTerminal, stdout]);
	const {overview, settings, asOf, readAgain} = useOverview(surroundings);
	const zones = useMemo(() => ({project: settings?.timezone ?? 'UTC', local: localZone}), [settings, localZone]);
	const timeView = useMemo(() => ({mode: timeMode, zone: zoneOf(timeMode, zones), zones}), [timeMode, zones]);
	const sayReason = useCallback((reason: string) => {
		say(reason);
	}, [say]);

	// What is open stays open while the window is too small: only the drawing waits.
	const isTooSmall = columns < smallestScreen.columns || rows < smallestScreen.rows;
	const width = Math.max(columns, smallestScreen.columns);
	const height = Math.max(rows, smallestScreen.rows);

	return (
		<SurroundingsContext value={surroundings}>
			<ThemeProvider value={theme}>
				<TimeContext value={timeView}>
					<MessageContext value={message}>
						<KeymapProvider onDisabled={sayReason}>
							{isTooSmall && <Text wrap='wrap'>auditty needs {smallestScreen.columns} x {smallestScreen.rows}, this is {columns} x {rows}: enlarge it</Text>}
							<Box width={width} height={height} flexDirection='column' display={isTooSmall ? 'none' : 'flex'}>
								<Shell
									session={session} onSession={onSession} openId={openId} browse={browse} width={width} height={height} overview={overview} settings={settings} asOf={asOf} timeMode={timeMode}
									onExit={exit} onVisit={readAgain} stopProcess={stopProcess}
									onTime={() => {
										setTimeMode(nextTimeMode(timeMode));
									}}
								/>
							</Box>
						</KeymapProvider>
					</MessageContext>
				</TimeContext>
			</ThemeProvider>
		</SurroundingsContext>
	);
};
