import {createContext, useContext} from 'react';
import {type TimeMode, type Zones} from '../domain/time/format-time.ts';

/** How instants are shown now. */
export type TimeView = {
	readonly mode: TimeMode;
	/** IANA zone of the mode. */
	readonly zone: string;
	readonly zones: Zones;
};

export const TimeContext = createContext<TimeView>({mode: 'project', zone: 'UTC', zones: {project: 'UTC', local: 'UTC'}});

export const useTimeView = (): TimeView => useContext(TimeContext);
