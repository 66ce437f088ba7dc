import {type IncomingMessage} from 'node:http';
import {Transform} from 'node:stream';
import {type BodyKeeper} from '../recorder/body-keeper.ts';

/** Whether a request carries a body (RFC 9112, 6.3). */
const hasBody = ({headers}: IncomingMessage): boolean =>
	headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0');

/**
 * The body of a request as it is sent on, chunk by chunk, as fast as the upstream takes it; null where there is none. A
 * stream of its own: whoever sends it on may destroy it, which would end the client's connection were it the request.
 * A client that goes away in the middle ends it with an error.
 */
export const requestBody = (request: IncomingMessage, keeper: BodyKeeper): Transform | null => {
	if (!hasBody(request)) return null;
	const body = new Transform({
		transform(chunk: Buffer, _, done) {
			keeper.add(chunk);
			done(null, chunk);
		},
	});
	request.on('close', () => {
		if (!request.complete) body.destroy(new Error('the client went away'));
	});
	// Nobody may be left to hear of it.
	body.on('error', () => undefined);
	body.on('close', () => {
		request.unpipe(body);
		// The rest is read and thrown away, so that an answer that came early reaches the client.
		request.resume();
	});
	return request.pipe(body);
};
