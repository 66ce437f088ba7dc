import {type RequestFacts, type ResponseFacts} from './body-facts.ts';
import {pathSegments} from './endpoint.ts';
import {parameterName} from './path-parameters.ts';

export type Subjects = {readonly customer: string | null; readonly campaign: string | null; readonly incentive: string | null};

/** The value of a path parameter, by its name. */
const pathValue = (url: string | null, parameter: string): string | null => {
	if (url === null) return null;
	const segments = pathSegments(url);
	const index = segments.findIndex((segment, at) => parameterName(segment, segments[at - 1]) === parameter);
	return segments[index] ?? null;
};

/** `code` is a voucher's only in a voucher; in an error it is the status or the error's key. */
const incentiveOf = (request: RequestFacts | null, response: ResponseFacts | null, isVoucher: boolean, isFailure: boolean): string | null =>
	request?.fact('incentive') ?? response?.fact('incentive')
	?? (isVoucher ? request?.fact('code') ?? (isFailure ? null : response?.fact('code')) : null) ?? null;

/** Whom and what a call concerned: the customer by source ID, the campaign by name, the incentive by code, where bodies or the path give these. */
export const subjectsOf = (request: RequestFacts | null, response: ResponseFacts | null, url: string | null, isFailure: boolean): Subjects => {
	const object = response?.fact('object') ?? null;
	const concerns = (noun: string, collection: string): boolean =>
		object === null ? url !== null && new RegExp(`/v\\d+/${collection}(?:[/?#]|$)`).test(url) : object === noun;
	const isCustomer = concerns('customer', 'customers');
	const isCampaign = concerns('campaign', 'campaigns');
	const isVoucher = concerns('voucher', 'vouchers');
	return {
		customer: request?.fact('customer') ?? response?.fact('customer')
			?? (isCustomer ? response?.fact('sourceId') ?? request?.fact('sourceId') : null)
			?? request?.fact('customerId') ?? response?.fact('customerId')
			?? pathValue(url, 'customer_id') ?? (isCustomer ? response?.fact('id') : null) ?? null,
		campaign: request?.fact('campaign') ?? response?.fact('campaign')
			?? (isCampaign ? response?.fact('name') ?? request?.fact('name') : null)
			?? request?.fact('campaignId') ?? response?.fact('campaignId')
			?? pathValue(url, 'campaign_id') ?? null,
		incentive: incentiveOf(request, response, isVoucher, isFailure) ?? pathValue(url, 'code'),
	};
};
