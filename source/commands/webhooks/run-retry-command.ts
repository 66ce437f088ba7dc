import {UsageFault} from '../../domain/fault.ts';
import {type RetryPlan} from '../../services/services.ts';
import {type ServiceContext} from '../../services/service-context.ts';
import {planReplay, planRetry} from '../../services/webhooks/retry-plan.ts';
import {startReplay, startRetry, usualRate} from '../../services/webhooks/start-retry.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {jsonText} from '../print/json-text.ts';
import {planJson, planText} from './plan-text.ts';
import {retryAndWait, retryDetached} from './retry-many.ts';
import {retryNow} from './retry-one.ts';
import {withStore} from './with-store.ts';

type Flags = {readonly dryRun: boolean; readonly detach: boolean; readonly rate: string | undefined};

const mostAtOnce = 20;

const readRate = (text: string | undefined): number => {
	const rate = text === undefined ? usualRate : Number(text);
	if (!(rate > 0 && rate <= 1000)) {
		throw new UsageFault(`--rate cannot be ${text}`, {remedy: 'give sendouts a second: more than 0, at most 1000'});
	}

	return rate;
};

const sayPlan = async ({output, format}: CommandContext, plan: RetryPlan): Promise<ExitCode> => {
	await output.write(format === 'json' ? `${jsonText(planJson(plan))}\n` : planText(plan));
	return 0;
};

/** `auditty retry`: a few IDs at once, others and a query as a background task. */
export const runRetryCommand = async (context: CommandContext, request: {readonly ids: readonly string[]; readonly query: string | undefined; readonly isForced: boolean}, {dryRun, detach, rate}: Flags): Promise<ExitCode> => {
	const ratePerSecond = readRate(rate);
	const {isForced} = request;
	const asked = request.query === undefined ? {ids: [...new Set(request.ids)], isForced} : {query: request.query, isForced};
	return withStore(context, async (services: ServiceContext) => {
		if (dryRun) {
			return sayPlan(context, await planRetry(services, asked));
		}

		if (asked.ids !== undefined && asked.ids.length <= mostAtOnce && !detach) {
			return retryNow(context, services, asked.ids, {isForced});
		}

		const retry = detach ? retryDetached(context, async () => startRetry(services, {...asked, ratePerSecond})) : retryAndWait(context, services, async lease => startRetry(services, {...asked, ratePerSecond}, lease));
		return retry;
	}, {isWriting: !dryRun});
};

/** `auditty replay`. */
export const runReplayCommand = async (context: CommandContext, request: {readonly endpoint: string; readonly since: string}, {dryRun, detach, rate}: Flags): Promise<ExitCode> => {
	const ratePerSecond = readRate(rate);
	return withStore(context, async services => {
		if (dryRun) {
			return sayPlan(context, await planReplay(services, request));
		}

		return detach ? retryDetached(context, async () => startReplay(services, {...request, ratePerSecond})) : retryAndWait(context, services, async lease => startReplay(services, {...request, ratePerSecond}, lease));
	}, {isWriting: !dryRun});
};
