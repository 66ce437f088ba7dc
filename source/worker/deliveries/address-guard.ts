import dns from 'node:dns';
import {type LookupFunction} from 'node:net';
import type {buildConnector} from 'undici';
import {isPublicAddress, literalAddress} from '../../domain/webhooks/target-address.ts';

/** A delivery would have gone to an address that webhooks may not go to. */
export class RefusedAddress extends Error {
	override readonly name = 'RefusedAddress';

	constructor(host: string, address: string) {
		super(host === address ? `${address} is no public address` : `${host} leads to ${address}, which is no public address`);
	}
}

/** Looks names up, and refuses those of which an address is not public. */
export const guardLookup = (lookup: typeof dns.lookup = dns.lookup): LookupFunction => (hostname, options, callback) => {
	lookup(hostname, {...options, all: true}, (error, addresses) => {
		if (error !== null) {
			callback(error, '', 0);
			return;
		}

		const refused = addresses.find(({address}) => !isPublicAddress(address));
		const [first] = addresses;
		if (refused !== undefined || first === undefined) {
			callback(new RefusedAddress(hostname, refused?.address ?? 'nowhere'), '', 0);
		} else if (options.all) {
			callback(null, addresses);
		} else {
			callback(null, first.address, first.family);
		}
	});
};

/**
 * A connector that reaches public addresses only: a host that is an address is checked as it stands, a name by each address
 * that it is looked up to, and the address that was connected to once more, for a name can change between two look-ups.
 */
export const guardConnector = (connect: buildConnector.connector): buildConnector.connector => (options, callback) => {
	const literal = literalAddress(options.hostname);
	if (literal !== null && !isPublicAddress(literal)) {
		callback(new RefusedAddress(literal, literal), null);
		return;
	}

	connect(options, (...[error, socket]) => {
		if (error !== null) {
			callback(error, null);
			return;
		}

		const address = socket.remoteAddress ?? 'nowhere';
		if (isPublicAddress(address)) {
			callback(null, socket);
			return;
		}

		socket.destroy();
		callback(new RefusedAddress(options.hostname, address), null);
	});
};
