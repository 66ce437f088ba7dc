import {Fault} from '../../domain/fault.ts';
import {readLastPull} from '../../store/pull/last-pull.ts';
import {pullSources, readGaps, readSourceStates} from '../../store/pull/pull-state.ts';
import {readSettings} from '../project-settings.ts';
import {type PullOverview} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {userName} from '../import/start-import.ts';
import {findCredentials, requireCredentials} from './credentials.ts';
import {projectAddress} from './project-address.ts';
import {ensurePull, isOpen, nextPullAt} from './schedule-pull.ts';
import {type BackgroundTask} from '../../domain/records.ts';

const faultText = (error: unknown): string => {
	if (!(error instanceof Fault)) throw error;
	return error.remedy === undefined ? error.message : `${error.message}, ${error.remedy}`;
};

/** What pulls brought, what they missed, and what comes next. */
export const lookOverPulls = async ({store, dataDirectory, environment = {}}: ServiceContext): Promise<PullOverview> => {
	const [{all}, states, gaps, last, nextAt] = await Promise.all([readSettings(store), readSourceStates(store), readGaps(store), readLastPull(store), nextPullAt(store)]);
	let project = '';
	let keysFrom: string | null = null;
	let problem: string | null = null;
	try {
		const {region, apiUrl} = projectAddress(all, environment);
		project = region === null ? apiUrl : `${region}, ${apiUrl}`;
		keysFrom = findCredentials(environment, dataDirectory)?.source ?? null;
	} catch (error) {
		problem = faultText(error);
	}

	return {
		project, keysFrom, problem, last, gaps,
		isRunning: last !== null && isOpen(last),
		sources: pullSources.map(source => states[source]),
		every: all['pull.every'] ?? 'off',
		nextAt,
	};
};

/** Creates the pull that a worker carries out, or gives the one that waits or runs. Throws a `Fault` when it would fail for want of keys. */
export const startPull = async ({store, dataDirectory, now, environment = {}}: ServiceContext): Promise<BackgroundTask> => {
	requireCredentials(environment, dataDirectory);
	return (await ensurePull({store, now, since: null, user: userName()})).task;
};
