import {test} from 'node:test';
import assert from 'node:assert/strict';
import {queryKeysOf} from '../../../source/domain/fields/field-tables.ts';
import {tabs, type Tab} from '../../../source/domain/records.ts';
import {parseQuery} from '../../../source/domain/query/parse-query.ts';
import {type Query, type QueryProblem, type Term} from '../../../source/domain/query/query.ts';

const read = (text: string, tab: Tab = 'logs'): Query => {
	const parsed = parseQuery(text, tab);
	assert.ok(parsed.ok, parsed.ok ? '' : `${text}: ${parsed.problem.message}`);
	return parsed.query;
};

const problemOf = (text: string, tab: Tab = 'logs'): QueryProblem => {
	const parsed = parseQuery(text, tab);
	assert.ok(!parsed.ok, text);
	return parsed.problem;
};

const field = (key: string, values: readonly string[], isNegated = false): Term => ({kind: 'field', key, values, isNegated});
const word = (text: string, isNegated = false): Term => ({kind: 'text', text, isNegated});

test('the example of the handbook', () => {
	assert.deepEqual(read('status:failure channel:API,Dashboard -endpoint:POST_v1_redemptions since:2h response:"quantity exceeded"'), [
		field('status', ['failure']),
		field('channel', ['API', 'Dashboard']),
		field('endpoint', ['POST_v1_redemptions'], true),
		field('since', ['2h']),
		field('response', ['quantity exceeded']),
	]);
});

test('quotes, commas, signs and words', () => {
	const table: ReadonlyArray<readonly [string, Query]> = [
		['', []],
		[' \t\n ', []],
		['channel:API', [field('channel', ['API'])]],
		['CHANNEL:API', [field('channel', ['API'])]],
		['channel:"Java SDK"', [field('channel', ['Java SDK'])]],
		['channel:Java" "SDK', [field('channel', ['Java SDK'])]],
		['endpoint:"a,b",c', [field('endpoint', ['a,b', 'c'])]],
		['endpoint:c,"a b","d"', [field('endpoint', ['c', 'a b', 'd'])]],
		['channel:"say \\"hi\\""', [field('channel', ['say "hi"'])]],
		['channel:"C:\\\\"', [field('channel', ['C:\\'])]],
		['channel:C:\\dir', [field('channel', ['C:\\dir'])]],
		['channel:"C:\\dir"', [field('channel', ['C:\\dir'])]],
		['channel:\\"', [field('channel', ['"'])]],
		['url:https://shop.example/v1?a=b&c', [field('url', ['https://shop.example/v1?a=b&c'])]],
		['channel:-5', [field('channel', ['-5'])]],
		['-channel:API,SDK', [field('channel', ['API', 'SDK'], true)]],
		['-response:"not found"', [field('response', ['not found'], true)]],
		['timeout', [word('timeout')]],
		['quantity exceeded', [word('quantity'), word('exceeded')]],
		['"quantity exceeded"', [word('quantity exceeded')]],
		['-"quantity exceeded"', [word('quantity exceeded', true)]],
		['-timeout', [word('timeout', true)]],
		['"-timeout"', [word('-timeout')]],
		['"http://x"', [word('http://x')]],
		['"12:30"', [word('12:30')]],
		['"\\"code\\":400"', [word('"code":400')]],
		['a,b', [word('a,b')]],
		['/v1/vouchers:export', [word('/v1/vouchers:export')]],
		['me@shop.example:8080', [word('me@shop.example:8080')]],
		['::1', [word('::1')]],
		['żółw 漢字 🎟', [word('żółw'), word('漢字'), word('🎟')]],
		['a\u00A0b', [word('a'), word('b')]],
		['"two\nlines"', [word('two\nlines')]],
	];
	for (const [text, expected] of table) {
		assert.deepEqual(read(text), expected, text);
	}
});

// What each way of comparing accepts and refuses; every key of every tab is one of these.
const samples = {
	exact: {good: ['a', 'a*', '*', 'a,b', '"a b"', '"a,b",c'], bad: []},
	status: {good: ['failure', 'success', 'none', '4xx', '5XX', '40x', '404', '4*', '40*', '*', '>=500', '<400', '404,5xx,failure'], bad: ['abc', '0xx', '40', '4040', 'xx', '4x', '404x', '>5', 'failed', '404,abc']},
	number: {good: ['3', '>5', '<5', '>=3', '<=1', '0', '1,2,>7'], bad: ['x', '-1', '1.5', '>', '5>', '=5', '3*', '9999999999999999']},
	contains: {good: ['a', '*', '"a b"', '404', 'a,b'], bad: []},
	since: {good: ['30m', '24h', '7d', '2w', '2026-11-22', '2026-11-22T10:00', '2026-11-22T10:00:07.120', '2026-11-22T10:00Z', '2026-11-22T10:00+01:00', '"2026-11-22 10:00"'], bad: ['x', '5', '25:00', '2026-02-30', '2026-11-22T25:00', '1h,2h', 'yesterday']},
} as const;

test('every key of every tab with every form of value, plain and negated', () => {
	for (const tab of tabs) {
		for (const {key, match, values} of queryKeysOf(tab)) {
			const {good, bad} = values === undefined ? samples[match === 'until' ? 'since' : match] : {good: [...values, values.join(','), `${values[0]!.slice(0, 3)}*`], bad: ['nonsense', `${values[0]},nonsense`, 'zzz*']};
			for (const value of good) {
				for (const sign of ['', '-']) {
					assert.equal(read(`${sign}${key}:${value}`, tab)[0]!.isNegated, sign === '-', `${tab} ${key}:${value}`);
				}
			}

			for (const value of [...bad, '', ',', 'a,', ',a', '""', '"open']) {
				const problem = problemOf(`${key}:${value}`, tab);
				assert.ok(problem.start >= key.length + 1 && problem.end >= problem.start && problem.end <= key.length + 1 + value.length, `${tab} ${key}:${value}`);
				assert.notEqual(problem.remedy, '');
			}
		}
	}
});

test('problems say what, where and what to do', () => {
	const table: ReadonlyArray<readonly [text: string, message: RegExp, remedy: RegExp, start: number, end: number]> = [
		['status:404 stauts:5xx', /Logs has no key "stauts"/, /did you mean status\?.*id, since, until, status, request_id.*"stauts:5xx"/, 11, 17],
		['-stauts:5xx', /no key "stauts"/, /did you mean status/, 1, 7],
		['--channel:API', /no key "-channel"/, /did you mean channel/, 1, 9],
		['error_key:x', /no key "error_key"/, /did you mean error\?/, 0, 9],
		['app_id:x', /no key "app_id"/, /did you mean server_key\?/, 0, 6],
		['processing:success', /no key "processing" \(Background Tasks has\)/, /use one of its keys: id/, 0, 10],
		['http://x', /no key "http"/, /text to search for goes in quotes: "http:\/\/x"/, 0, 4],
		['12:30', /no key "12"/, /in quotes: "12:30"/, 0, 2],
		['constructor:x', /no key "constructor"/, /use one of its keys/, 0, 11],
		['a "b c', /quote is not closed/, /close it/, 2, 6],
		['response:"a b', /quote is not closed/, /close it/, 9, 13],
		['channel:', /channel has no value/, /channel:VALUE without a space/, 8, 8],
		['channel: API', /channel has no value/, /channel:VALUE without a space/, 8, 8],
		['channel:API, SDK', /empty value/, /channel:ONE,OTHER/, 12, 12],
		['channel:""', /no value/, /channel:VALUE/, 8, 10],
		['-', /"-" stands alone/, /-status:404/, 0, 1],
		['a - b', /"-" stands alone/, /in quotes/, 2, 3],
		['""', /nothing between the quotes/, /leave the quotes out/, 0, 2],
		['"code":400', /colon follows a quote/, /"\\"code\\":400"/, 0, 10],
		['{"code":400}', /colon follows a quote/, /"\{\\"code\\":400\}"/, 0, 12],
		['response:"code":400', /colon follows a quote/, /"\\"code\\":400"/, 9, 19],
		['status:404,abc', /status cannot be "abc"/, /failure, success, none.*4xx/, 11, 14],
		['since:2026-02-30', /"2026-02-30" is a day that the calendar does not have/, /24h/, 6, 16],
		['since:1h,2h', /since takes one date/, /since:1h/, 6, 11],
	];
	for (const [text, message, remedy, start, end] of table) {
		const problem = problemOf(text);
		assert.match(problem.message, message, text);
		assert.match(problem.remedy, remedy, text);
		assert.deepEqual([problem.start, problem.end], [start, end], text);
	}

	assert.match(problemOf('status:abc', 'sendouts').remedy, /pending, success, retrying, failed, canceled/);
	assert.match(problemOf('attempts:many', 'sendouts').remedy, />5/);
});

test('a long line is read in time that grows with its length only', () => {
	assert.equal(read('timeout '.repeat(50_000)).length, 50_000);
	assert.equal(problemOf('"'.repeat(99_999)).start, 99_998);
});
