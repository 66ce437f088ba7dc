import {UsageFault} from '../fault.ts';

/** Events that auditty makes itself. */
export const ownEventTypes = ['task.done', 'task.failed', 'export.done', 'endpoint.disabled', 'sendout.exhausted'] as const;

/** What `endpoint test` sends: to the endpoint that is tested only, whatever it subscribed to. */
export const testEventType = 'endpoint.test';

/** Voucherify's documentation misspells four types so; what subscribes to them means these. */
const corrected: Readonly<Record<string, string>> = {
	'campaign.vouchers.aded': 'campaign.vouchers.added',
	'voucher.gift.balance_aded': 'voucher.gift.balance_added',
	'voucher.loyalty_card.points_aded': 'voucher.loyalty_card.points_added',
	'voucher.loyalty_card.pending_points.aded': 'voucher.loyalty_card.pending_points.added',
};

const longestType = 128;
// Distributions name their events by free text: `Welcome-code-sent`.
const name = /^[\w-]+(?:\.[\w-]+)*$/;

/** The type of an event that is to be sent. Throws a `UsageFault` for what no receiver could match. */
export const readEventType = (text: string): string => {
	const type = text.trim();
	if (!name.test(type) || type.length > longestType) {
		throw new UsageFault(`'${text}' is no type of event`, {remedy: 'use letters, digits, _ and -, with dots between the parts, such as redemption.failed'});
	}

	if (type === testEventType) {
		throw new UsageFault(`${testEventType} is made by auditty endpoint test alone`, {remedy: 'use another type'});
	}

	return type;
};

/** What an endpoint subscribes to: types, prefixes such as `campaign.*`, or `*`; `*` when nothing is given. Throws a `UsageFault`. */
export const readSubscriptions = (given: readonly string[]): readonly string[] => {
	const types = given.flatMap(text => text.split(',')).map(text => text.trim()).filter(text => text !== '').map(type => corrected[type] ?? type);
	for (const type of types) {
		const exact = type.endsWith('.*') ? type.slice(0, -2) : type;
		if (type !== '*' && (!name.test(exact) || type.length > longestType)) {
			throw new UsageFault(`'${type}' is no type of event`, {remedy: 'give a type such as redemption.failed, a prefix such as campaign.*, or * for all'});
		}
	}

	return types.length === 0 || types.includes('*') ? ['*'] : [...new Set(types)];
};
