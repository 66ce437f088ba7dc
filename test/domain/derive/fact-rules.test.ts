import assert from 'node:assert/strict';
import {test} from 'node:test';
import {compileFactRules, parseFactRules, type FactRule} from '../../../source/domain/derive/fact-rules.ts';
import {makeLog} from '../../helpers/make-log.ts';

const rules = (text: string): readonly FactRule[] => parseFactRules(text) ?? assert.fail(text);

test('the first place that is filled counts, of headers, parameters of the URL and paths in bodies', () => {
	const read = compileFactRules({
		user_email: rules('header:X-User, response:$.user.email'),
		customer: rules('request:items[].buyer, query:customer'),
		campaign: rules('response-header:x-campaign'),
	});
	assert.deepEqual(read(makeLog({id: 'log_1', request_headers: {'x-user': [' a@b.c ', 'second']}, request_body: '{"items":[{"other":1},{"buyer":"b-1"}]}'})), {user_email: 'a@b.c', customer: 'b-1'});
	assert.deepEqual(read(makeLog({id: 'log_1', url: '/x?customer=c%2F7#f', request_headers: {'X-User': ' '}, response_headers: {'X-Campaign': 'spring'}, response_body: '{"user":{"email":"a\\u0040b"}}'})), {user_email: 'a@b', customer: 'c/7', campaign: 'spring'});
	assert.deepEqual(read(makeLog({id: 'log_1', request_body: 'no JSON', response_body: '{"user":{"email":null}}'})), {});
	assert.deepEqual(compileFactRules({customer: rules('request:id')})(makeLog({id: 'log_1', request_body: '{"id":42}'})), {customer: '42'});
	assert.deepEqual(compileFactRules({})(makeLog({id: 'log_1'})), {});
});

test('what is no rule is none', () => {
	for (const text of ['', 'header', 'header:', 'cookie:x', 'header:x,', 'header:a b', 'request:$', 'header:x; request:y']) assert.equal(parseFactRules(text), null, text);
	assert.deepEqual(parseFactRules(' Header: X-A , request:$.a.b'), [{place: 'header', name: 'X-A'}, {place: 'request', name: 'a.b'}]);
});
