import {openApp, type AppScreen} from '../helpers/app-screen.tsx';

/** A frame of the README: what is done before it is drawn. */
type Shot = {
	readonly name: string;
	readonly columns: number;
	readonly rows: number;
	readonly walk: (screen: AppScreen) => Promise<void>;
};

const shots: readonly Shot[] = [
	{
		name: 'list and detail', columns: 120, rows: 36,
		async walk(screen) {
			await screen.press('!');
			await screen.until(/\d+ of [\d,]+/);
			await screen.press('/');
			await screen.type('quantity_exceeded');
			await screen.press('enter');
			await screen.until(/▸ {2}✗ 400 .*quantity_exceeded/);
			await screen.press('enter');
			await screen.until('quantity exceeded');
		},
	},
	{
		name: 'filter form', columns: 120, rows: 26,
		async walk(screen) {
			await screen.press('f');
			await screen.until(/[\d,]+ match/);
			await screen.press('down', 'down');
			await screen.until('Java-SDK');
		},
	},
	{
		name: 'narrow', columns: 80, rows: 24,
		async walk(screen) {
			await screen.press('!');
			await screen.until(/\d+ of [\d,]+/);
		},
	},
];

/** The frames of the README by name, drawn in a true terminal emulation over the sample project, with a fixed clock. */
export const drawFrames = async (): Promise<ReadonlyMap<string, string>> => {
	const frames = new Map<string, string>();
	for (const {name, columns, rows, walk} of shots) {
		const closing: Array<() => unknown> = [];
		const context = {
			after(close?: unknown) {
				if (typeof close === 'function') {
					closing.push(close as () => unknown);
				}
			},
		};
		try {
			const screen = await openApp(context, {columns, rows, hasSample: true, storeName: '~/.local/share/auditty/auditty.db'});
			await screen.until(/since:24h .*[\d,]{3,}/);
			await walk(screen);
			await screen.settle();
			frames.set(name, screen.frame());
		} finally {
			for (const close of closing.toReversed()) {
				await close();
			}
		}
	}

	return frames;
};
