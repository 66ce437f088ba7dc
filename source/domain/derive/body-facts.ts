import {compilePaths} from '../json/json-paths.ts';
import {decodeJsonContent} from '../redaction/encoded-text.ts';
import {type PathSearch} from '../redaction/json-secrets.ts';

/** Where bodies name what a call concerned, the best first. A name that people know beats an internal ID. */
const requestPaths = {
	customer: ['customer.source_id'],
	customerId: ['customer.id', 'customer_id', 'customer'],
	campaign: ['campaign.name', 'campaign', 'voucher.campaign', 'campaign_name'],
	campaignId: ['campaign.id', 'campaign_id'],
	incentive: ['voucher.code', 'voucher', 'redeemables[].id', 'promotion_tier.id'],
	code: ['code'],
	sourceId: ['source_id'],
	name: ['name'],
} as const;

const responsePaths = {
	object: ['object'],
	customer: ['customer.source_id', 'redemptions[].customer.source_id', 'redemption.customer.source_id', 'holder.source_id', 'order.customer.source_id'],
	customerId: ['customer.id', 'customer_id', 'redemptions[].customer_id', 'redemptions[].customer.id', 'redemption.customer_id', 'order.customer_id', 'holder_id'],
	campaign: ['campaign.name', 'campaign', 'voucher.campaign', 'redemptions[].voucher.campaign', 'redemption.voucher.campaign', 'promotion_tier.campaign.name', 'redemptions[].promotion_tier.campaign.name', 'campaign_name'],
	campaignId: ['campaign.id', 'campaign_id', 'voucher.campaign_id', 'redemptions[].voucher.campaign_id', 'promotion_tier.campaign.id', 'redemptions[].promotion_tier.campaign.id'],
	incentive: ['voucher.code', 'redemptions[].voucher.code', 'redemption.voucher.code', 'redemptions[].promotion_tier.id', 'promotion_tier.id'],
	code: ['code'],
	task: ['async_action_id'],
	requestId: ['request_id'],
	errorKey: [
		'key', 'error.key', 'error.code', 'error.type', 'error.status', 'code', 'error_code', 'errorCode', 'error',
		'errors[].key', 'errors[].code', 'errors[].type', 'errors[].extensions.code', 'errors[].reason', '__type', 'Code',
	],
	problemType: ['type'],
	sourceId: ['source_id'],
	id: ['id'],
	name: ['name'],
} as const;

type PathTable = Readonly<Record<string, readonly string[]>>;

const longestFact = 256;

/** What a body was found to hold at the paths of a table. */
export type BodyFacts<T extends PathTable> = {
	/** To be followed while the body is scanned. */
	readonly search: PathSearch;
	/** The best of the values that fit, numbers as text. */
	readonly fact: (name: keyof T, fits?: (value: string) => boolean) => string | null;
};

/** Compiles a table of paths once; the result makes the search for one body. */
const factsOf = <T extends PathTable>(table: T): ((body: string) => BodyFacts<T>) => {
	const all = [...new Set(Object.values(table).flat())];
	const paths = compilePaths(all);
	const indexes = new Map<keyof T, readonly number[]>(Object.entries(table).map(([name, names]) => [name, names.map(path => all.indexOf(path))]));
	return body => {
		const values: Array<string | undefined> = [];
		return {
			search: {
				paths,
				found: (path, start, end, isString) => {
					if (values[path] !== undefined || end === start || end - start > longestFact) return;
					const raw = body.slice(start, end);
					if (isString) values[path] = raw.includes('\\') ? decodeJsonContent(raw) : raw;
					else if (/^-?\d/.test(raw)) values[path] = raw;
				},
			},
			fact: (name, fits) => {
				for (const index of indexes.get(name) ?? []) {
					const value = values[index];
					if (value !== undefined && (fits === undefined || fits(value))) return value;
				}

				return null;
			},
		};
	};
};

export const requestFacts = factsOf(requestPaths);
export const responseFacts = factsOf(responsePaths);
export type RequestFacts = ReturnType<typeof requestFacts>;
export type ResponseFacts = ReturnType<typeof responseFacts>;
