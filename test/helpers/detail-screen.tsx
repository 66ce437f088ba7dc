import {useState, type ReactNode} from 'react';
import {Box, Text} from 'ink';
import {type RecordDetail, type Related, type Services} from '../../source/services/services.ts';
import {KeymapProvider} from '../../source/ui/keymap/keymap-context.tsx';
import {type DetailPlacement} from '../../source/ui/screens/detail/detail-props.ts';
import {Detail} from '../../source/ui/screens/detail/detail.tsx';
import {SurroundingsContext, type Surroundings} from '../../source/ui/services-context.ts';
import {TimeContext} from '../../source/ui/time-context.ts';
import {renderScreen, type Screen} from './frame.tsx';

export const zones = {project: 'Europe/Warsaw', local: 'America/New_York'};
export const keyNames = {'7c1d0a52-8f3e-4b0e-9a57-2f6c5b0d91e4': 'Shop backend'};

export const related: readonly Related[] = [
	{tab: 'tasks', id: 'aa_1', relation: 'started', title: 'VOUCHERS.IMPORT done'},
	{tab: 'sendouts', id: 'whs_1', relation: 'sent', title: 'redemption.failed success'},
	{tab: 'sendouts', id: 'whs_2', relation: 'sent', title: 'redemption.failed failed', isFailure: true},
];

type DetailScreenInput = {
	/** Opened first; `<` and `>` step through all. */
	readonly details: readonly RecordDetail[];
	/** What the store gives when it is asked for a whole record. */
	readonly whole?: readonly RecordDetail[];
	readonly columns?: number;
	readonly rows?: number;
	readonly placement?: DetailPlacement;
	readonly environment?: Readonly<Record<string, string | undefined>>;
	readonly filesDirectory?: string;
	readonly related?: readonly Related[];
};

export type DetailScreen = Screen & {
	/** What the footer said, and what callbacks were called with. */
	readonly said: readonly string[];
	readonly called: readonly string[];
	/** Questions to the store. */
	readonly asked: readonly string[];
};

/** A detail that fills the screen, with a store that holds the records given. */
export const openDetail = async ({details, whole = details, columns = 80, rows = 24, placement = 'over', environment = {}, filesDirectory = '/nonexistent', related: given = related}: DetailScreenInput): Promise<DetailScreen> => {
	const said: string[] = [];
	const called: string[] = [];
	const asked: string[] = [];
	const services = {
		record({id, isWhole}: {readonly id: string; readonly isWhole?: boolean}) {
			asked.push(`record ${id}${isWhole ? ' whole' : ''}`);
			return Promise.resolve(whole.find(({record}) => record.id === id) ?? null);
		},
		related() {
			return Promise.resolve(given);
		},
	} as unknown as Services;

	const Around = ({children}: {readonly children: ReactNode}) => {
		const surroundings = {
			services, environment, filesDirectory,
			notices: {subscribe: () => () => undefined},
			say(message: string, kind = 'note') {
				said.push(kind === 'failure' ? `failure: ${message}` : message);
			},
			writeToTerminal(data: string) {
				screen.write(data);
			},
			async suspend(run: () => Promise<void> | void) {
				called.push('suspend');
				await run();
			},
			now: () => 0,
		} satisfies Surroundings;
		return (
			<SurroundingsContext value={surroundings}>
				<TimeContext value={{mode: 'project', zone: zones.project, zones}}>
					<KeymapProvider onDisabled={reason => said.push(reason)}>{children}</KeymapProvider>
				</TimeContext>
			</SurroundingsContext>
		);
	};

	const width = placement === 'beside' ? columns - Math.floor(columns * 0.45) : columns;
	const Opened = () => {
		const [index, setIndex] = useState(0);
		const [isOpen, setIsOpen] = useState(true);
		const step = (by: number) => () => {
			called.push(by > 0 ? 'next' : 'previous');
			setIndex(before => (before + by + details.length) % details.length);
		};

		return (
			<Box width={columns} height={rows} overflow='hidden'>
				{width < columns && <Box width={columns - width}><Text>the list</Text></Box>}
				{isOpen
					? (
						<Detail
							detail={details[index]!} width={width} height={rows} isFocused placement={placement} keyNames={keyNames} query='since:24h status:failure'
							onClose={() => {
								called.push('close');
								setIsOpen(false);
							}}
							onNext={step(1)} onPrevious={step(-1)}
							onZoom={() => called.push('zoom')}
							retry={{run() {
								called.push('retry');
							}}}
							onRelated={({tab, id}) => called.push(`related ${tab} ${id}`)}
						/>
					)
					: <Text>the list</Text>}
			</Box>
		);
	};

	const screen: Screen = await renderScreen(<Around><Opened /></Around>, {columns, rows});
	return {...screen, said, called, asked};
};
