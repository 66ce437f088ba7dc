import {createContext, useContext} from 'react';

export type TimeMode = 'project' | 'local' | 'utc';

/** How instants are shown now. */
export type TimeView = {
	readonly mode: TimeMode;
	/** IANA zone of the mode. */
	readonly zone: string;
	readonly projectZone: string;
	readonly localZone: string;
};

export const TimeContext = createContext<TimeView>({mode: 'project', zone: 'UTC', projectZone: 'UTC', localZone: 'UTC'});

export const useTimeView = (): TimeView => useContext(TimeContext);
