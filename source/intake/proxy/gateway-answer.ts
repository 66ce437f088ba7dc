import {type UpstreamFailure} from '../recorder/failure.ts';

/** The body that the client gets, in the shape of Voucherify's errors, so that an SDK reads it as one. */
export const gatewayBody = ({status, key, message}: UpstreamFailure, requestId: string): string =>
	JSON.stringify({code: status, key, message, details: 'auditty proxy', request_id: requestId});
