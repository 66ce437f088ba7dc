import {test} from 'node:test';
import assert from 'node:assert/strict';
import {render} from 'ink-testing-library';
import {Header} from '../../../../source/ui/components/frame/header.tsx';
import {spread} from '../../../../source/ui/components/frame/spread.ts';
import {TabBar} from '../../../../source/ui/components/frame/tab-bar.tsx';
import {QueryBar} from '../../../../source/ui/components/query-bar/query-bar.tsx';
import {Timeline} from '../../../../source/ui/components/timeline/timeline.tsx';
import {type Overview} from '../../../../source/services/services.ts';
import {createTheme, ThemeProvider} from '../../../../source/ui/theme.ts';
import {makeTask} from '../../../helpers/seed-home.ts';

const plain = createTheme({hasColor: false, isUnicode: true});
 
const bare = (frame: string | undefined) => (frame ?? '').replaceAll(/\u001B\[[\d;]*m/g, '');
const draw = (element: React.ReactNode) => bare(render(<ThemeProvider value={plain}>{element}</ThemeProvider>).lastFrame());

const overview = (given: Partial<Overview>): Overview => ({
	ranges: {logs: null, tasks: null, exports: null, sendouts: null}, revisions: {logs: 0, tasks: 0, exports: 0, sendouts: 0},
	runningTasks: [], failedSendouts: 0, storeName: 's', isReadOnly: false, ...given,
});

test('the header names project, zone and moment, and says that the store is read-only', () => {
	const line = draw(<Header projectName='shop-prod' storeName='/var/lib/auditty.db' isReadOnly width={100} asOf='22:14:05'/>);
	assert.match(line, /^ auditty {2}shop-prod {2}\/var\/lib\/auditty\.db {2}read-only +project time, UTC, as of 22:14:05 ?$/);
	assert.match(draw(<Header projectName={null} storeName='auditty.db' isReadOnly={false} width={80} asOf='22:14:05'/>), /^ auditty {2}auditty\.db +project time/);
});

test('the tab bar carries what waits for attention, with a sign besides the colour', () => {
	assert.match(draw(<TabBar active='logs' overview={overview({failedSendouts: 1234})} width={100}/>), /1 Logs +2 Background Tasks +3 Exports +4 Webhook Sendouts +✗ 1,234/);
	assert.doesNotMatch(draw(<TabBar active='logs' overview={overview({})} width={100}/>), /✗/);
});

test('on a narrow screen titles of the other tabs are cut before what waits for attention', () => {
	const line = draw(<TabBar active='logs' overview={overview({failedSendouts: 1234, runningTasks: [makeTask({id: 'aa_1'})]})} width={60}/>);
	assert.match(line, /^ 1 Logs .*2 Back\S* .*◐ 1 .*3 Exports .*4 Web.*✗ 1,234/);
	assert.ok(line.length <= 60);
});

test('the query bar shows parts of the query, how many match of how many, and what is new', () => {
	const counts = {matching: {count: 1204, isCapped: false}, total: {count: 100_000, isCapped: true}};
	const line = draw(<QueryBar tab='logs' query='since:24h -channel:API "two words"' counts={counts} fresh={3} marked={2} isFollowing={false} isLoading={false} width={100}/>);
	assert.match(line, /^ since:24h {2}-channel:API {2}"two words" +1,204 of 100,000\+ · 2 marked · \+3 new$/);
});

test('the timeline has a bar a bucket, none where nothing was, and says when it is approximate', () => {
	const timeline = {from: Date.UTC(2026, 10, 22), before: Date.UTC(2026, 10, 23), isPartial: true, buckets: [{total: 0, failures: 0}, {total: 1, failures: 0}, {total: 64, failures: 64}]};
	assert.match(draw(<Timeline timeline={timeline} width={100} now={Date.UTC(2026, 10, 23)}/>), /^ {2}▁█ {2}22 Nov 00:00 … 23 Nov 00:00, approx\.$/);
});

test('a line is exactly as wide as asked, whatever does not fit', () => {
	const pieces = (...texts: readonly string[]) => texts.map(text => ({text}));
	for (let width = 4; width < 60; width++) {
		assert.equal(spread(pieces('left side', ' and more of it'), pieces('right', ' side'), width).length, width);
	}

	assert.equal(spread(pieces('left'), pieces('right', ' gone'), 11), 'left  right');
});
