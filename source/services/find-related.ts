import {type RecordOf, type SummaryOf, type Tab} from '../domain/records.ts';
import {relatedRecords} from '../store/query/related-records.ts';
import {readRecord} from '../store/query/read-record.ts';
import {type Related} from './services.ts';
import {type ServiceContext} from './service-context.ts';

type Link = {readonly tab: Tab; readonly column: string; readonly value: string | null; readonly relation: string};

const link = (tab: Tab, column: string, value: string | null, relation: string): Link => ({tab, column, value, relation});

const links: {readonly [T in Tab]: (record: RecordOf[T]) => readonly Link[]} = {
	logs: log => [
		link('tasks', 'id', log.task_id, 'started'),
		link('tasks', 'log_id', log.id, 'started'),
		link('tasks', 'request_id', log.request_id, 'same request'),
		link('sendouts', 'request_id', log.request_id, 'sent'),
		link('logs', 'request_id', log.request_id, 'same request'),
	],
	tasks: task => [
		link('logs', 'id', task.log_id, 'started by'),
		link('logs', 'task_id', task.id, 'started by'),
		link('exports', 'id', task.export_id, 'makes'),
		link('exports', 'task_id', task.id, 'makes'),
		link('logs', 'request_id', task.request_id, 'same request'),
		link('sendouts', 'request_id', task.request_id, 'sent'),
	],
	exports: record => [
		link('tasks', 'id', record.task_id, 'made by'),
	],
	sendouts: sendout => [
		link('logs', 'request_id', sendout.request_id, 'caused by'),
		link('tasks', 'request_id', sendout.request_id, 'same request'),
		link('sendouts', 'event_id', sendout.event_id, 'same event'),
		link('sendouts', 'request_id', sendout.request_id, 'same request'),
	],
};

const titles: {readonly [T in Tab]: (summary: SummaryOf[T]) => string} = {
	logs: log => [log.status ?? 'no response', log.endpoint ?? [log.method, log.url].filter(Boolean).join(' ')].join(' '),
	tasks: task => `${task.type} ${task.status}`,
	exports: record => `${record.resource} ${record.status}`,
	sendouts: sendout => `${sendout.type} ${sendout.status}`,
};

const isFailure: {readonly [T in Tab]: (summary: SummaryOf[T]) => boolean} = {
	logs: log => log.outcome === 'failure',
	tasks: task => task.status === 'failed' || task.failed_count > 0,
	exports: record => record.status === 'error',
	sendouts: sendout => sendout.status === 'failed',
};

const describe = <T extends Tab>(tab: T, summary: SummaryOf[T], relation: string): Related => ({
	tab, id: summary.id, relation, title: titles[tab](summary), isFailure: isFailure[tab](summary),
});

/** Records that belong to this one, each once, in the order of the tabs' importance to it. */
export const findRelated = async ({store}: ServiceContext, {tab, id}: {readonly tab: Tab; readonly id: string}, signal?: AbortSignal): Promise<readonly Related[]> => {
	const found = await readRecord(store, tab, id, 0);
	if (found === null) {
		return [];
	}

	const related = new Map<string, Related>();
	for (const {tab: other, column, value, relation} of (links[tab] as (record: unknown) => readonly Link[])(found.record)) {
		signal?.throwIfAborted();
		if (value === null) {
			continue;
		}

		for (const summary of await relatedRecords(store, other, column, value)) {
			const key = `${other} ${summary.id}`;
			if (!related.has(key) && !(other === tab && summary.id === id)) {
				related.set(key, describe(other, summary as never, relation));
			}
		}
	}

	return [...related.values()];
};
