import {Fault} from '../../domain/fault.ts';
import {type ServiceContext} from '../../services/service-context.ts';
import {requireRetriable} from '../../services/webhooks/start-retry.ts';
import {readEndpoint} from '../../store/webhooks/endpoints.ts';
import {scheduleSendouts} from '../../store/webhooks/schedule-sendouts.ts';
import {deliverNow} from '../../worker/deliveries/deliver-now.ts';
import {createSender} from '../../worker/deliveries/send-request.ts';
import {createDeliveryRules} from '../../worker/run-tasks-and-deliveries.ts';
import {leaseMsOf} from '../../worker/worker-name.ts';
import {type ExitCode} from '../command.ts';
import {type CommandContext} from '../command-context.ts';
import {jsonText} from '../print/json-text.ts';
import {reportError} from '../report-error.ts';
import {deliveredJson, deliveredText, hasSucceeded} from './attempt-text.ts';

/** Sends sendouts again, one after the other, and prints what came back of each. */
export const retryNow = async (context: CommandContext, services: ServiceContext, ids: readonly string[], {isForced}: {readonly isForced: boolean}): Promise<ExitCode> => {
	const {environment, errors, format, output, signal} = context;
	const {store} = services;
	const sender = createSender();
	const readRules = createDeliveryRules(services);
	let code: ExitCode = 0;
	try {
		for (const id of ids) {
			try {
				const {endpointId} = await requireRetriable(services, {id, isForced});
				const targetUrl = (await readEndpoint(store, endpointId))?.target_url ?? endpointId;
				const attempt = await deliverNow({store, id, before: scheduleSendouts([id]), sender, rules: await readRules(), leaseMs: leaseMsOf(environment), signal});
				const delivered = {sendoutId: id, targetUrl, attempt};
				await output.write(format === 'json' ? `${jsonText(deliveredJson(delivered))}\n` : deliveredText(delivered));
				code = hasSucceeded(delivered) ? code : 1;
			} catch (error) {
				// The others are sent all the same.
				if (!(error instanceof Fault) || ids.length === 1) {
					throw error;
				}

				await errors.write(reportError(error, environment));
				code = 1;
			}
		}

		return code;
	} finally {
		await sender.close();
	}
};
