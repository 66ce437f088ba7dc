import {test} from 'node:test';
import assert from 'node:assert/strict';
import {type BackgroundTask} from '../../../../source/domain/records.ts';
import {type RetryPlan} from '../../../../source/services/services.ts';
import {KeymapProvider} from '../../../../source/ui/keymap/keymap-context.tsx';
import {SurroundingsContext, type Surroundings} from '../../../../source/ui/services-context.ts';
import {PlanDialog} from '../../../../source/ui/screens/sendouts/plan-dialog.tsx';
import {renderScreen} from '../../../helpers/frame.tsx';

const planOf = (given: Partial<RetryPlan>): RetryPlan => ({count: 0, isCapped: false, skipped: [], endpoints: [], ...given});

const open = async (plan: () => Promise<RetryPlan>, rows = 12) => {
	const said: string[] = [];
	const started: string[] = [];
	const surroundings = {say: (text: string) => said.push(text)} as unknown as Surroundings;
	const screen = await renderScreen(
		<SurroundingsContext value={surroundings}>
			<KeymapProvider onDisabled={reason => said.push(reason)}>
				<PlanDialog
					title='Retry sendouts' subject='status:failed' canForce width={80} height={rows} plan={plan}
					start={async ({isForced, ratePerSecond}) => {
						started.push(`${isForced} ${ratePerSecond}`);
						return Promise.resolve({id: 'aa_1'} as BackgroundTask);
					}}
					onClose={() => {
						said.push('closed');
					}}
				/>
			</KeymapProvider>
		</SurroundingsContext>,
		{columns: 80, rows},
	);
	return {...screen, said, started};
};

test('where nothing would be sent, nothing is begun', async () => {
	const screen = await open(async () => Promise.resolve(planOf({skipped: [{reason: 'it was delivered', count: 12}]})));
	await screen.until('0 sendouts would be sent');
	await screen.press('enter');
	assert.deepEqual([screen.said, screen.started], [['nothing would be sent'], []]);
	await screen.unmount();
});

test('a count that stopped says so, and does not keep from sending', async () => {
	const screen = await open(async () => Promise.resolve(planOf({isCapped: true, skipped: [{reason: 'it was delivered', count: 10_000}]})));
	await screen.until('0+ sendouts would be sent, counted in the first 10,000 that match');
	await screen.press('space', 'j', 'right', 'enter');
	await screen.settle();
	assert.deepEqual([screen.said, screen.started], [['closed', 'background task aa_1 sends all of them: 2 shows it, K there cancels it'], ['true 100']]);
	await screen.unmount();
});

test('many endpoints leave room for what is left out and why', async () => {
	const endpoints = Array.from({length: 20}, (_, index) => ({id: `wh_${index}`, targetUrl: `https://e${index}.example.com/`, count: index, isActive: index !== 0}));
	const screen = await open(async () => Promise.resolve(planOf({count: 190, endpoints, skipped: [{reason: 'its endpoint is disabled', count: 3}]})));
	await screen.until('190 sendouts would be sent');
	assert.match(screen.frame(), /19 → e19\.example\.com/);
	assert.match(screen.frame(), /and 16 more endpoints\n +3 left out: its endpoint is disabled$/);
	await screen.unmount();
});

test('what the query lacks is said, and nothing is begun', async () => {
	const screen = await open(async () => Promise.reject(new Error('the store is locked\u001B[31m')));
	await screen.until('the store is locked\\x1b[31m');
	await screen.press('enter');
	assert.deepEqual(screen.started, []);
	await screen.press('esc');
	assert.equal(screen.said.at(-1), 'closed');
	await screen.unmount();
});
