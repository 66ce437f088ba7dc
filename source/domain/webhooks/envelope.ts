import {type Instant} from '../records.ts';

/** What a sendout's body is made of. */
export type EnvelopeParts = {
	/** Of the sendout: the same on each attempt. */
	readonly id: string;
	readonly projectId: string;
	readonly createdAt: Instant;
	readonly type: string;
	/** JSON without insignificant white space. */
	readonly data: string;
	readonly endpointId: string;
	readonly targetUrl: string;
	readonly event: {readonly id: string; readonly createdAt: Instant; readonly entityId: string | null; readonly requestId: string | null};
};

const isoOf = (at: Instant): string => new Date(at).toISOString();

/**
 * The documented envelope, as compact JSON. `data` goes in as it is, so that numbers, escapes and the order of keys stay as
 * they were given. The same parts give the same text.
 */
export const envelopeText = ({id, projectId, createdAt, type, data, endpointId, targetUrl, event}: EnvelopeParts): string => {
	const before = JSON.stringify({id, project_id: projectId, created_at: isoOf(createdAt), type});
	const after = JSON.stringify({
		source: {id: endpointId, object: 'webhook', target_url: targetUrl},
		event: {
			id: event.id, type, created_at: isoOf(event.createdAt), entity_id: event.entityId, group_id: event.requestId,
			event_source: {channel: 'auditty'},
		},
	});
	return `${before.slice(0, -1)},"data":${data},${after.slice(1)}`;
};
