import {type SendoutServices} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {addEndpoint, changeEndpointActive, dropEndpoint, listEndpoints, rotateSecret, testEndpoint} from './endpoints.ts';
import {planReplay, planRetry} from './retry-plan.ts';
import {retrySendout, startReplay, startRetry} from './start-retry.ts';

/** What is asked about endpoints, and what sends sendouts again. */
export const createSendoutServices = (context: ServiceContext): SendoutServices => ({
	endpoints: () => listEndpoints(context),
	addEndpoint: request => addEndpoint(context, request),
	setEndpointActive: request => changeEndpointActive(context, request),
	rotateSecret: request => rotateSecret(context, request),
	removeEndpoint: request => dropEndpoint(context, request),
	testEndpoint: request => testEndpoint(context, request),
	planRetry: request => planRetry(context, request),
	startRetry: request => startRetry(context, request),
	retrySendout: request => retrySendout(context, request),
	planReplay: request => planReplay(context, request),
	startReplay: request => startReplay(context, request),
});
