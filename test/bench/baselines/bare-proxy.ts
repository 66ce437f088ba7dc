import http from 'node:http';
import {type AddressInfo} from 'node:net';
import process from 'node:process';
import {createProxyServer} from 'http-proxy-3';

/** A reverse proxy of the library alone, which keeps its connections. */
const proxy = createProxyServer({target: process.argv[2] ?? '', changeOrigin: true, agent: new http.Agent({keepAlive: true})});
const server = http.createServer((request, response) => {
	proxy.web(request, response);
});
server.listen(0, '127.0.0.1', () => {
	process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGTERM', () => process.exit());
