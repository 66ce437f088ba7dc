import assert from 'node:assert/strict';
import {test} from 'node:test';
import {type Redaction} from '../../../source/domain/redaction/redaction.ts';
import {redactorOf} from '../../../source/domain/redaction/redactor.ts';

const redaction: Redaction = {fingerprintKey: 'test key', extraKeys: ['voucher-pin', 'X-Shop-Key']};
const redactor = redactorOf(redaction);

/** The text with fingerprints as #, so that a table can be read. */
const shown = (text: string): string => text.replace(/(?<=\[redacted[ +])[0-9a-f]{8}(?=\])/g, '#');

const secret = 'Zx81kQpLm7';
const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

const bodies: ReadonlyArray<readonly [string, string, string]> = [
	['key of many spellings', `{"apiKey":"${secret}","API-KEY":"${secret}","x_api_key":"${secret}","access.token":"${secret}"}`, '{"apiKey":"[redacted #]","API-KEY":"[redacted #]","x_api_key":"[redacted #]","access.token":"[redacted #]"}'],
	['passwords, without fingerprint', '{"password":"hunter2-and-more","Passwd":"x","newPassword2":"y","cvv":123,"pin":"0000"}', '{"password":"[redacted]","Passwd":"[redacted]","newPassword2":"[redacted]","cvv":"[redacted]","pin":"[redacted]"}'],
	['literals, order and white space stay', `{ "b" : 1.10,\n\t"secret":\t"${secret}" , "a":1E5, "a":10000000000000000001 }`, '{ "b" : 1.10,\n\t"secret":\t"[redacted #]" , "a":1E5, "a":10000000000000000001 }'],
	['what is no secret', '{"tokens_used":12,"token":null,"secret":true,"password":"","max_tokens":5,"tokens":12,"token_type":"bearer","next_page_token":"abc","key":"quantity_exceeded","code":"WELCOME15","app_id":"7c1d0a52","total_tokens":3,"has_password":true,"api_key_id":"k1","session":{"key":"ssn_1"}}', '{"tokens_used":12,"token":null,"secret":true,"password":"","max_tokens":5,"tokens":12,"token_type":"bearer","next_page_token":"abc","key":"quantity_exceeded","code":"WELCOME15","app_id":"7c1d0a52","total_tokens":3,"has_password":true,"api_key_id":"k1","session":{"key":"ssn_1"}}'],
	['numbers', '{"secret":1234567890,"token":-12}', '{"secret":"[redacted #]","token":"[redacted]"}'],
	['everything below a secret name', `{"credentials":{"type":"basic","list":["${secret}",{"deep":"${secret}"}],"expires_in":3600}}`, '{"credentials":{"type":"basic","list":["[redacted #]",{"deep":"[redacted #]"}],"expires_in":3600}}'],
	['list of tokens', `{"tokens":["${secret}",12]}`, '{"tokens":["[redacted #]",12]}'],
	['escaped key', String.raw`{"\u0073ecret":"abc\u0064efghij"}`, String.raw`{"\u0073ecret":"[redacted #]"}`],
	['JSON in a string', JSON.stringify({payload: JSON.stringify({n: 1.5, client_secret: secret, pin: 42})}), String.raw`{"payload":"{\"n\":1.5,\"client_secret\":\"[redacted #]\",\"pin\":\"[redacted]\"}"}`],
	['JSON in JSON in a string', JSON.stringify([JSON.stringify({a: JSON.stringify({token: secret})})]), JSON.stringify([JSON.stringify({a: JSON.stringify({token: '[redacted #]'})})])],
	['duplicate keys', `{"a":{"secret":"${secret}"},"a":1}`, '{"a":{"secret":"[redacted #]"},"a":1}'],
	['own names', `{"voucherPin":"${secret}","voucher":{"x_shop_key":"${secret}"}}`, '{"voucherPin":"[redacted #]","voucher":{"x_shop_key":"[redacted #]"}}'],
	['schemes stay', `{"authorization":"Bearer ${secret}","auth":"Basic dXNlcjpwYXNz"}`, '{"authorization":"Bearer [redacted #]","auth":"Basic [redacted]"}'],
	['card numbers only where cards are', '{"card":{"number":"4111 1111 1111 1111","holder":"A"},"card_number":4111111111111111,"pan":"4111111111111112","number":"4111111111111111"}', '{"card":{"number":"[redacted]","holder":"A"},"card_number":"[redacted]","pan":"4111111111111112","number":"4111111111111111"}'],
	['cut JSON', `{"a":{"client_secret":"${secret}`, '{"a":{"client_secret":"[redacted #]'],
	['cut in a key after a secret', `{"token":"${secret}","b`, '{"token":"[redacted #]","b'],
	['JSON lines', `{"token":"${secret}"}\n{"token":"${secret}"}\n`, '{"token":"[redacted #]"}\n{"token":"[redacted #]"}\n'],
	['Python and JavaScript objects', `{'secret': '${secret}', n: 1, token: "${secret}"}`, '{\'secret\': \'[redacted #]\', n: 1, token: "[redacted #]"}'],
	['lists of other languages', `x = {'tokens': ['${secret}', '${secret}'], 'secret': {'type': [['${secret}'], ['${secret}']]}}`, 'x = {\'tokens\': [\'[redacted #]\', \'[redacted #]\'], \'secret\': {\'type\': [[\'[redacted #]\'], [\'[redacted #]\']]}}'],
	['form', `grant_type=password&username=a&password=p%40ss&client_secret=${secret}&scope=x`, 'grant_type=password&username=a&password=[redacted]&client_secret=[redacted+#]&scope=x'],
	['form with brackets and encoded names', `user%5Bpassword%5D=hunter2&auth[%74oken]=${secret}&x=1`, 'user%5Bpassword%5D=[redacted]&auth[%74oken]=[redacted+#]&x=1'],
	['JSON in a form', `payload=${encodeURIComponent(`{"n":1,"token":"${secret}","pin":1234}`)}&x=1`, 'payload=%7B%22n%22%3A1%2C%22token%22%3A%22[redacted+#]%22%2C%22pin%22%3A%22[redacted]%22%7D&x=1'],
	['multipart', `--b\r\nContent-Disposition: form-data; name="api_key"\r\n\r\n${secret}\r\n--b\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"n":1,"secret":["${secret}"]}\r\n--b--`, '--b\r\nContent-Disposition: form-data; name="api_key"\r\n\r\n[redacted #]\r\n--b\r\nContent-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"n":1,"secret":["[redacted #]"]}\r\n--b--'],
	['XML', `<Envelope><wsse:Password Type="x">hunter2</wsse:Password><Token><![CDATA[${secret}]]></Token><b>1</b></Envelope>`, '<Envelope><wsse:Password Type="x">[redacted]</wsse:Password><Token><![CDATA[[redacted #]]]></Token><b>1</b></Envelope>'],
	['HTML form', `<input type="password" name="p" value="hunter2"><input value="${secret}" name="csrf_token">`, '<input type="password" name="p" value="[redacted]"><input value="[redacted #]" name="csrf_token">'],
	['dump of headers', `POST /x HTTP/1.1\r\nAuthorization: Bearer ${secret}\r\nX-App-Token: ${secret}\r\nHost: a\r\n`, 'POST /x HTTP/1.1\r\nAuthorization: Bearer [redacted #]\r\nX-App-Token: [redacted #]\r\nHost: a\r\n'],
	['sentence', 'Invalid token: expired. The password: hunter2 was wrong', 'Invalid token: expired. The password: [redacted] was wrong'],
	['settings file', `DB_PASSWORD=hunter2\nexport API_KEY="${secret}"\nDEBUG=true\n`, 'DB_PASSWORD=[redacted]\nexport API_KEY="[redacted #]"\nDEBUG=true\n'],
	['URL in a string', `{"url":"https://d.io/v1/exports/exp_1?token=${secret}&x=1"}`, '{"url":"https://d.io/v1/exports/exp_1?token=[redacted+#]&x=1"}'],
	['user info of a URL in a string', '{"dsn":"postgres://app:s3cr@t@db:5432/x"}', '{"dsn":"postgres://[redacted]@db:5432/x"}'],
	['JWT anywhere', `{"note":"got ${jwt} today"} `, '{"note":"got [redacted #] today"} '],
	['key shapes', '{"a":"AKIAIOSFODNN7EXAMPLE","b":"sk_live_4eC39HqLyjWDarjtT1zdp7dc","c":"ghp_16C7e42F292c6912E7710c838347Ae178B4a","d":"Bearer authentication failed"}', '{"a":"[redacted #]","b":"[redacted #]","c":"[redacted #]","d":"Bearer authentication failed"}'],
	['key shape as a key', '{"sk_live_4eC39HqLyjWDarjtT1zdp7dc":1}', '{"[redacted #]":1}'],
	['private key', JSON.stringify({pem: '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n', n: 1}), String.raw`{"pem":"[redacted #]\n","n":1}`],
	['plain text', 'nothing here', 'nothing here'],
	['empty', '', ''],
];

for (const [name, body, expected] of bodies) {
	test(`bodies: ${name}`, () => {
		const {value, secretsReplaced} = redactor.text(body);
		assert.equal(shown(value), expected);
		assert.equal(secretsReplaced, expected.split('[redacted').length - 1);
		assert.deepEqual(redactor.text(value), {value, secretsReplaced: 0}, 'redacting again changes nothing');
	});
}

const headers: ReadonlyArray<readonly [string, string, string]> = [
	['Authorization', `Bearer ${secret}`, 'Bearer [redacted #]'],
	['authorization', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
	['Proxy-Authorization', secret, '[redacted #]'],
	['Cookie', `theme=dark-theme; sid=${secret}; ${secret}`, 'theme=[redacted #]; sid=[redacted #]; [redacted #]'],
	['Set-Cookie', `sid=${secret}; Path=/; HttpOnly`, 'sid=[redacted #]; Path=/; HttpOnly'],
	['X-App-Token', secret, '[redacted #]'],
	['X-Client-Token', secret, '[redacted #]'],
	['x-api-key', secret, '[redacted #]'],
	['X-Management-Token', secret, '[redacted #]'],
	['X-Auth-Token', secret, '[redacted #]'],
	['X-CSRF-Token', secret, '[redacted #]'],
	['X-Amz-Security-Token', secret, '[redacted #]'],
	['x-voucherify-signature', secret, '[redacted #]'],
	['webhook-signature', secret, '[redacted #]'],
	['X-Hub-Signature-256', `sha256=${secret}`, '[redacted #]'],
	['X-Shop-Key', secret, '[redacted #]'],
	['X-App-Id', '7c1d0a52-8f3e-4b0e-9a57-2f6c5b0d91e4', '7c1d0a52-8f3e-4b0e-9a57-2f6c5b0d91e4'],
	['X-Client-Application-Id', '7c1d0a52', '7c1d0a52'],
	['Referer', `https://shop/?access_token=${secret}`, 'https://shop/?access_token=[redacted+#]'],
	['X-Custom', `token ${jwt}`, 'token [redacted #]'],
	['Content-Type', 'application/json; charset=utf-8', 'application/json; charset=utf-8'],
];

for (const [name, value, expected] of headers) {
	test(`headers: ${name}: ${value}`, () => {
		const redacted = redactor.headers({[name]: value, other: ['a', value]});
		assert.equal(shown(redacted.value[name] as string), expected);
		assert.deepEqual(redactor.headers(redacted.value), {value: redacted.value, secretsReplaced: 0});
	});
}

test('headers that repeat, and one named __proto__', () => {
	const redacted = redactor.headers(JSON.parse(`{"Set-Cookie":["a=${secret}; Secure","b=${secret}"],"__proto__":"x"}`) as Record<string, string>);
	assert.deepEqual((redacted.value['Set-Cookie'] as readonly string[]).map(shown), ['a=[redacted #]; Secure', 'b=[redacted #]']);
	assert.ok(Object.hasOwn(redacted.value, '__proto__'));
});

const urls: ReadonlyArray<readonly [string, string]> = [
	[`https://user:pass@api.example.com/v1/x?page=1&api_key=${secret}#access_token=${secret}`, 'https://[redacted]@api.example.com/v1/x?page=1&api_key=[redacted+#]#access_token=[redacted+#]'],
	[`/v1/exports/exp_1?token=${secret}`, '/v1/exports/exp_1?token=[redacted+#]'],
	[`/x?X-Amz-Signature=${secret}&X-Amz-Date=2026`, '/x?X-Amz-Signature=[redacted+#]&X-Amz-Date=2026'],
	['/v1/vouchers?limit=10&code=ABC&campaign=x', '/v1/vouchers?limit=10&code=ABC&campaign=x'],
	['https://api.example.com:8080/a?x=@y', 'https://api.example.com:8080/a?x=@y'],
	['/%zz?token=', '/%zz?token='],
];

for (const [url, expected] of urls) {
	test(`URLs: ${url}`, () => {
		const {value} = redactor.url(url);
		assert.equal(shown(value), expected);
		assert.equal(redactor.url(value).value, value);
	});
}

test('one secret has one fingerprint wherever it stands, and another under another key', () => {
	const of = (text: string): string | undefined => /[ +]([0-9a-f]{8})\]/.exec(text)?.[1];
	const digits = of(redactor.text(`{"token":"${secret}"}`).value);
	assert.equal(of(redactor.url(`/?token=${secret}`).value), digits);
	assert.equal(of(redactor.headers({'X-App-Token': secret}).value['X-App-Token'] as string), digits);
	assert.equal(of(redactor.text(JSON.stringify(JSON.stringify({token: secret}))).value), digits);
	assert.notEqual(of(redactorOf({...redaction, fingerprintKey: 'other'}).text(`{"token":"${secret}"}`).value), digits);
});
