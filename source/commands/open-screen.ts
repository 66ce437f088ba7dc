import path from 'node:path';
import {createElement} from 'react';
import {render} from 'ink';
import {fieldTables} from '../domain/fields/field-tables.ts';
import {type Tab} from '../domain/records.ts';
import {readSession, writeSession, type Session} from '../services/session-file.ts';
import {requireStore} from '../store/require-store.ts';
import {App} from '../ui/app.tsx';
import {themeOf} from '../ui/theme.ts';
import {asciiOutput} from '../ui/terminal/ascii-output.ts';
import {autoWrapOff, autoWrapOn} from '../ui/terminal/auto-wrap.ts';
import {escapeWaitMs, InputGate} from '../ui/terminal/input-gate.ts';
import {type StartedBrowse} from '../ui/screens/browse/open-browse.ts';
import {emptyTabSession} from '../ui/screens/shell/shell.tsx';
import {type ExitCode} from './command.ts';
import {type CommandContext} from './command-context.ts';
import {connectScreen} from './connect-screen.ts';
import {localZone} from './local-zone.ts';
import {refuseScreen} from './screen-terminal.ts';

type ScreenRequest = {
	readonly context: CommandContext;
	readonly tab?: Tab | undefined;
	readonly query?: string | undefined;
	/** A record of the tab to open at once. */
	readonly recordId?: string | undefined;
	/** A file to browse at once, over the tab. */
	readonly browse?: StartedBrowse | undefined;
};

/** Opens the screen, and ends when it is closed. The terminal is restored on every way out. */
export const openScreen = async ({context, tab, query, recordId, browse}: ScreenRequest): Promise<ExitCode> => {
	refuseScreen(context);
	const {dataDirectory, storeLocation, environment, now} = context;
	requireStore(storeLocation);
	const connection = connectScreen(context);
	const session = startingSession(await readSession(dataDirectory, storeLocation.url), {tab, query, recordId});
	const saver = createSaver(dataDirectory, storeLocation.url);
	const input = new InputGate(process.stdin, escapeWaitMs(environment));
	process.stdout.write(autoWrapOff);
	// Whatever way this process ends, the next program finds the terminal as it was.
	const restore = () => {
		process.stdout.write(autoWrapOn);
	};

	process.once('exit', restore);
	const theme = themeOf(environment);
	const instance = render(createElement(App, {
		surroundings: {services: connection.services, notices: connection.notices, environment, now, filesDirectory: path.join(dataDirectory, 'copied')},
		theme,
		session,
		onSession: saver.save,
		openId: recordId,
		browse,
		localZone: localZone(),
		stopProcess,
	}), {
		stdin: input as unknown as NodeJS.ReadStream,
		stdout: theme.isUnicode ? process.stdout : asciiOutput(process.stdout),
		interactive: true,
		alternateScreen: true,
		incrementalRendering: true,
		exitOnCtrlC: false,
		maxFps: 60,
		patchConsole: true,
	});
	const close = () => {
		instance.unmount();
	};

	context.signal.addEventListener('abort', close, {once: true});
	try {
		await Promise.race([instance.waitUntilExit(), connection.refused]);
		// Whoever asked this process to end sees that it did.
		context.signal.throwIfAborted();
		return 0;
	} finally {
		context.signal.removeEventListener('abort', close);
		instance.unmount();
		restore();
		process.off('exit', restore);
		await saver.flush();
		await connection.close();
	}
};

const startingSession = (saved: Session | null, {tab, query, recordId}: Omit<ScreenRequest, 'context' | 'browse'>): Session => {
	const session: Session = saved ?? {tab: 'logs', timeMode: 'project', tabs: {}};
	if (tab === undefined) {
		return session;
	}

	const before = session.tabs[tab] ?? emptyTabSession(tab);
	const wanted = recordId === undefined ? query?.trim() : `id:${recordId}`;
	const {defaultQuery} = fieldTables[tab];
	const text = wanted === undefined || wanted === '' ? before.query : withDefault(wanted, defaultQuery);
	return {...session, tab, tabs: {...session.tabs, [tab]: {...before, query: text, position: text === before.query ? before.position : null}}};
};

/** On the screen the default is part of the query's text, so that it can be seen and dropped. */
const withDefault = (query: string, defaultQuery: {readonly text: string; readonly unlessKeys: readonly string[]} | undefined): string =>
	defaultQuery === undefined || defaultQuery.unlessKeys.some(key => new RegExp(`(?:^|\\s)-?${key}:`).test(query)) ? query : `${defaultQuery.text} ${query}`;

const saveDelayMs = 300;

/** Writes the session a moment after its last change; a session that cannot be written is no reason to disturb. */
const createSaver = (directory: string, storeUrl: string) => {
	let latest: Session | null = null;
	let timer: NodeJS.Timeout | undefined;
	const flush = async () => {
		clearTimeout(timer);
		timer = undefined;
		if (latest) {
			const session = latest;
			latest = null;
			await writeSession(directory, storeUrl, session).catch(() => undefined);
		}
	};

	return {
		save: (session: Session) => {
			latest = session;
			timer ??= setTimeout(() => void flush(), saveDelayMs);
		},
		flush,
	};
};

/** As the terminal's own ctrl-z: the whole group stops (npm, when it started us), and goes on with `fg`. */
const stopProcess = async (): Promise<void> => {
	const continued = new Promise<void>(resolve => {
		process.once('SIGCONT', () => {
			resolve();
		});
	});
	process.kill(0, 'SIGTSTP');
	await continued;
};
