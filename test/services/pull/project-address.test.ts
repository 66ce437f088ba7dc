import assert from 'node:assert/strict';
import {test} from 'node:test';
import {projectAddress, readHost} from '../../../source/services/pull/project-address.ts';

test('each region has its API host and its download host; the environment wins over the settings', () => {
	for (const [settings, environment, apiUrl, downloadHosts] of [
		[{}, {}, 'https://api.voucherify.io', ['download.voucherify.io']],
		[{'voucherify.region': 'us1'}, {}, 'https://us1.api.voucherify.io', ['us1.download.voucherify.io']],
		[{'voucherify.region': 'us1'}, {VOUCHERIFY_REGION: 'AS1'}, 'https://as1.api.voucherify.io', ['as1.download.voucherify.io']],
		[{'voucherify.host': 'https://acme.api.voucherify.io'}, {VOUCHERIFY_REGION: 'eu1'}, 'https://api.voucherify.io', ['download.voucherify.io']],
		[{'voucherify.region': 'us1', 'voucherify.host': 'https://acme.api.voucherify.io'}, {}, 'https://acme.api.voucherify.io', ['acme.api.voucherify.io', 'acme.download.voucherify.io']],
		[{}, {VOUCHERIFY_HOST: 'http://127.0.0.1:8080/base/'}, 'http://127.0.0.1:8080/base', ['127.0.0.1:8080']],
		[{'voucherify.host': 'acme.example', 'voucherify.download_host': 'files.acme.example'}, {}, 'https://acme.example', ['acme.example', 'files.acme.example']],
	] as const) {
		assert.partialDeepStrictEqual(projectAddress(settings, environment), {apiUrl, downloadHosts});
	}
});

test('a host is an https address without keys; http only on this machine', () => {
	assert.equal(readHost(' acme.example '), 'https://acme.example');
	assert.equal(readHost('http://localhost:9000'), 'http://localhost:9000');
	for (const bad of ['', 'ftp://acme.example', 'http://acme.example', 'http://127.0.0.1.acme.example', 'https://a:b@acme.example', 'https://acme.example/?token=1', 'https://']) {
		assert.throws(() => readHost(bad), {name: 'UsageFault'}, bad);
	}
});
