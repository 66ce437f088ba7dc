import {makeSafe} from '../../domain/text/make-safe.ts';
import {type RetryPlan} from '../../services/services.ts';

const sendouts = (count: number): string => `${count.toLocaleString('en-US')} sendout${count === 1 ? '' : 's'}`;

export const planJson = ({count, isCapped, skipped, endpoints}: RetryPlan): Readonly<Record<string, unknown>> => ({
	dry_run: true, count, is_capped: isCapped, skipped, endpoints: endpoints.map(({id, targetUrl, count: ofOne, isActive}) => ({id, target_url: targetUrl, count: ofOne, active: isActive})),
});

/** What would be sent, to which endpoints, and what not and why. */
export const planText = ({count, isCapped, skipped, endpoints}: RetryPlan): string => [
	`${isCapped ? 'at least ' : ''}${sendouts(count)} would be sent`,
	...endpoints.map(({id, targetUrl, count: ofOne, isActive}) => `  ${id}  ${makeSafe(targetUrl)}  ${ofOne.toLocaleString('en-US')}${isActive ? '' : '  (disabled)'}`),
	...skipped.map(({reason, count: ofReason}) => `${sendouts(ofReason)} would not: ${reason}`),
].map(line => `${line}\n`).join('');
