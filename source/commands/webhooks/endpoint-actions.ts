import {UsageFault} from '../../domain/fault.ts';
import {readConcurrency} from '../../domain/webhooks/concurrency.ts';
import {readCustomHeaders, splitHeader} from '../../domain/webhooks/custom-headers.ts';
import {type Endpoint} from '../../domain/records.ts';
import {type EndpointSecret} from '../../services/services.ts';
import {type ServiceContext} from '../../services/service-context.ts';
import {addEndpoint, changeEndpointActive, dropEndpoint, listEndpoints, requireEndpoint, rotateSecret, testEndpoint} from '../../services/webhooks/endpoints.ts';
import {deliverNow} from '../../worker/deliveries/deliver-now.ts';
import {createSender} from '../../worker/deliveries/send-request.ts';
import {createDeliveryRules} from '../../worker/run-tasks-and-deliveries.ts';
import {leaseMsOf} from '../../worker/worker-name.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {jsonText} from '../print/json-text.ts';
import {deliveredJson, deliveredText, hasSucceeded} from './attempt-text.ts';
import {endpointJson, endpointLines, endpointText, healthJson} from './endpoint-text.ts';
import {withStore} from './with-store.ts';

type Given = {readonly event: readonly string[]; readonly header: readonly string[]; readonly concurrency: string | undefined};
type Action = (context: CommandContext, argument: string, given: Given) => Promise<ExitCode>;

const say = async ({output, format}: CommandContext, value: unknown, text: string): Promise<ExitCode> => {
	await output.write(format === 'json' ? `${jsonText(value)}\n` : text);
	return 0;
};

const sayEndpoint = async (context: CommandContext, endpoint: Endpoint, text: string): Promise<ExitCode> => say(context, endpointJson(endpoint), text);

const saySecret = async (context: CommandContext, {endpoint, secret}: EndpointSecret, text: string): Promise<ExitCode> =>
	say(context, {...endpointJson(endpoint), secret}, `${text}\nsecret  ${secret}\nIt is not shown again: receivers verify the signature with it.\n`);

const add: Action = (context, url, {event, header, concurrency}) => withStore(context, async services => {
	const headers = readCustomHeaders(header.map(splitHeader));
	const made = await addEndpoint(services, {url, events: event, headers, concurrency: concurrency === undefined ? undefined : readConcurrency(concurrency)});
	return saySecret(context, made, `${made.endpoint.id}  sends ${made.endpoint.events.join(', ')} to ${made.endpoint.target_url}`);
});

const list: Action = context => withStore(context, async (services): Promise<ExitCode> => {
	const endpoints = await listEndpoints(services);
	if (endpoints.length === 0) {
		await context.errors.write('auditty: there is no endpoint yet, add one with auditty endpoint add URL\n');
	}

	await context.output.write(context.format === 'json' ? endpoints.map(health => `${jsonText(healthJson(health))}\n`).join('') : endpointLines(endpoints));
	return 0;
}, {isWriting: false});

const show: Action = (context, id) => withStore(context, async services => {
	await requireEndpoint(services, id);
	const health = (await listEndpoints(services)).find(({endpoint}) => endpoint.id === id);
	return health === undefined ? 1 : say(context, healthJson(health), endpointText(health));
}, {isWriting: false});

const setActive = (isActive: boolean): Action => (context, id) => withStore(context, async services => {
	const endpoint = await changeEndpointActive(services, {id, isActive});
	return sayEndpoint(context, endpoint, `${id} ${isActive ? 'is active: what waits for it is sent' : 'is disabled: what waits for it stays, and new events pass it by'}\n`);
});

const rotate: Action = (context, id) => withStore(context, async services =>
	saySecret(context, await rotateSecret(services, {id}), `${id} has a new secret; webhook-signature holds the old one's too for 24 h`));

const remove: Action = (context, id) => withStore(context, async services => {
	const {endpoint, canceled} = await dropEndpoint(services, {id});
	return say(context, {...endpointJson(endpoint), canceled}, `${id} is removed; ${canceled.toLocaleString('en-US')} sendout${canceled === 1 ? '' : 's'} that waited for it ${canceled === 1 ? 'is' : 'are'} canceled\n`);
});

const testAndSay = async (context: CommandContext, services: ServiceContext, id: string): Promise<ExitCode> => {
	const endpoint = await requireEndpoint(services, id);
	const {sendoutId} = await testEndpoint(services, {id});
	const sender = createSender();
	try {
		const attempt = await deliverNow({
			store: services.store, id: sendoutId, sender, rules: await createDeliveryRules(services)(), leaseMs: leaseMsOf(context.environment), signal: context.signal,
		});
		const delivered = {sendoutId, targetUrl: endpoint.target_url, attempt};
		await say(context, deliveredJson(delivered), deliveredText(delivered));
		return hasSucceeded(delivered) ? 0 : 1;
	} finally {
		await sender.close();
	}
};

const actions: Readonly<Record<string, Action>> = {
	add, list, show, test: (context, id) => withStore(context, async services => testAndSay(context, services, id)),
	enable: setActive(true), disable: setActive(false), 'rotate-secret': rotate, remove,
};

/** Does what `auditty endpoint` was asked for. Throws a UsageFault for an unknown verb or a missing argument. */
export const runEndpointAction = async (context: CommandContext, [verb = '', argument, ...more]: readonly string[], given: Given): Promise<ExitCode> => {
	const action = Object.hasOwn(actions, verb) ? actions[verb] : undefined;
	if (action === undefined) {
		throw new UsageFault(`endpoint does not know ${verb}`, {remedy: `write auditty endpoint ${Object.keys(actions).join('|')}`});
	}

	if (verb !== 'add' && (given.event.length > 0 || given.header.length > 0 || given.concurrency !== undefined)) {
		throw new UsageFault('--event, --header and --concurrency belong to auditty endpoint add', {remedy: 'to change an endpoint, add another one and remove this one'});
	}

	const isList = verb === 'list';
	if (isList ? argument !== undefined : argument === undefined || more.length > 0) {
		throw new UsageFault(isList ? 'endpoint list takes no argument' : `endpoint ${verb} takes one ${verb === 'add' ? 'URL' : 'ID'}`, {remedy: `write auditty endpoint ${verb}${isList ? '' : (verb === 'add' ? ' URL' : ' ID')}`});
	}

	return action(context, argument ?? '', given);
};
