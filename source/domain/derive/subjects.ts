import {type RequestFacts, type ResponseFacts} from './body-facts.ts';
import {type PathPart} from './endpoint.ts';

export type Subjects = {readonly customer: string | null; readonly campaign: string | null; readonly incentive: string | null};

/** The value of a path parameter, by its name. */
const pathValue = (path: readonly PathPart[], parameter: string): string | null =>
	path.find(part => part.parameter === parameter)?.segment ?? null;

/** `code` is a voucher's only in a voucher; in an error it is the status or the error's key. */
const incentiveOf = (request: RequestFacts | null, response: ResponseFacts | null, isVoucher: boolean, isFailure: boolean): string | null =>
	request?.fact('incentive') ?? response?.fact('incentive')
	?? (isVoucher ? request?.fact('code') ?? (isFailure ? null : response?.fact('code')) : null) ?? null;

/** Whom and what a call concerned: the customer by source ID, the campaign by name, the incentive by code, where bodies or the path give these. */
export const subjectsOf = (request: RequestFacts | null, response: ResponseFacts | null, path: readonly PathPart[], isFailure: boolean): Subjects => {
	const object = response?.fact('object') ?? null;
	const collection = path.find(({segment}) => !/^(?:client|v\d+)$/.test(segment))?.segment ?? null;
	const concerns = (noun: string): boolean => object === null ? collection === `${noun}s` : object === noun;
	const isCustomer = concerns('customer');
	const isCampaign = concerns('campaign');
	const isVoucher = concerns('voucher');
	return {
		customer: request?.fact('customer') ?? response?.fact('customer')
			?? (isCustomer ? response?.fact('sourceId') ?? request?.fact('sourceId') : null)
			?? request?.fact('customerId') ?? response?.fact('customerId')
			?? pathValue(path, 'customer_id') ?? (isCustomer ? response?.fact('id') : null) ?? null,
		campaign: request?.fact('campaign') ?? response?.fact('campaign')
			?? (isCampaign ? response?.fact('name') ?? request?.fact('name') : null)
			?? request?.fact('campaignId') ?? response?.fact('campaignId')
			?? pathValue(path, 'campaign_id') ?? null,
		incentive: incentiveOf(request, response, isVoucher, isFailure) ?? pathValue(path, 'code'),
	};
};
