import {test} from 'node:test';
import assert from 'node:assert/strict';
import {type EndpointHealth} from '../../../../source/services/services.ts';
import {cellWidth} from '../../../../source/domain/text/cells.ts';
import {createTheme} from '../../../../source/ui/theme.ts';
import {healthLines} from '../../../../source/ui/screens/sendouts/health-lines.ts';

const now = Date.UTC(2026, 10, 22, 12);
const theme = createTheme({hasColor: false, isUnicode: true});
const healthOf = (url: string, given: Partial<Omit<EndpointHealth, 'endpoint'>> = {}, endpoint: Partial<EndpointHealth['endpoint']> = {}): EndpointHealth => ({
	endpoint: {id: 'wh_1', target_url: url, events: ['*'], active: true, headers: {}, concurrency: 8, created_at: now, disabled_reason: null, ...endpoint},
	successRate: 1, p90Ms: 120, nextAttemptAt: null, breaker: 'closed', blockedUntil: null, waiting: 0, ...given,
});

const plainLines = (endpoints: readonly EndpointHealth[], width: number): readonly string[] =>
	// Without colour, weight still tells; here only the words count.
	healthLines(endpoints, {width, now, theme}).map(line => line.replaceAll(/\u001B\[\d+m/g, ''));

const all = [
	healthOf('https://hooks.example.com/orders'),
	healthOf('https://a.example.com/', {successRate: 0.4996, p90Ms: 9800, waiting: 10_000, nextAttemptAt: now + 125_000, breaker: 'open', blockedUntil: now + 40_000}),
	healthOf('http://b.example.com/with/a/very/long/path/that/goes/on/and/on/without/end', {successRate: null, p90Ms: null, waiting: 3, nextAttemptAt: now - 1, breaker: 'half-open'}),
	healthOf('https://c.example.com/x', {waiting: 2}, {active: false, disabled_reason: 'nothing delivered for 5 days'}),
];

test('a wide line tells state, target, share of successes, p90, what waits, the next attempt, and the breaker with when it lets through', () => {
	assert.deepEqual(plainLines(all, 170).map(line => line.replaceAll(/ {2,}/g, '  ').trimEnd()), [
		'✓ hooks.example.com/orders  success 100 %  p90 120 ms  0 waiting  breaker closed',
		'✗ a.example.com  success 49.9 %  p90 9.8 s  10,000+ waiting  next in 2 min  breaker open, lets one through in 40 s',
		'◐ b.example.com/with/a/very/long/path/that/goes/on/and/on/wit…  no attempts  3 waiting  next due now  breaker half-open, one on trial',
		'⊘ c.example.com/x  success 100 %  p90 120 ms  2 waiting  disabled: nothing delivered for 5 days',
	]);
});

test('a narrow line leaves parts out, and none is ever longer than the screen', () => {
	const narrow = plainLines(all, 78);
	assert.match(narrow[1]!, /^✗ a\.example\.com +success 49\.9 % +10,000\+ waiting +breaker open for 40 s/);
	assert.match(narrow[3]!, /disabled *$/);
	for (let width = 34; width < 220; width++) {
		assert.ok(plainLines(all, width).every(line => cellWidth(line) <= width), String(width));
	}
});

test('an endpoint that fails though its breaker is closed has the sign of failure', () => {
	assert.match(plainLines([healthOf('https://a.example.com', {successRate: 0.5})], 100)[0]!, /^✗ .*success 50\.0 %.*breaker closed/);
});

test('an address cannot command the terminal', () => {
	assert.doesNotMatch(plainLines([healthOf('https://a.example.com/\u001B[31m\u202E', {}, {active: false, disabled_reason: '\u001B]0;x\u0007'})], 100)[0]!, /[\u0000-\u001F\u202E]/);
});
