import {type Server} from 'node:http';
import {type AddressInfo} from 'node:net';
import {Fault} from '../domain/fault.ts';

/** Lets a server listen. Throws a `Fault` that says why it cannot. Port 0 takes any that is free. */
export const listenOn = async (server: Server, host: string, port: number): Promise<AddressInfo> => new Promise((resolve, reject) => {
	server.once('error', (error: NodeJS.ErrnoException) => {
		const place = `${host}:${port}`;
		reject(error.code === 'EADDRINUSE'
			? new Fault(`${place} is in use`, {remedy: 'choose another port with --port, or end what listens there', cause: error})
			: new Fault(`cannot listen on ${place} (${error.code ?? error.message})`, {remedy: 'check --host and --port', cause: error}));
	});
	server.listen({host, port}, () => resolve(server.address() as AddressInfo));
});

/** `http://127.0.0.1:8080`, `http://[::1]:8080`. */
export const urlOfAddress = ({address, port, family}: AddressInfo): string => `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
