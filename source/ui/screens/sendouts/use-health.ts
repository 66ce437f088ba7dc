import {useState} from 'react';
import {type Tab} from '../../../domain/records.ts';
import {type EndpointHealth} from '../../../services/services.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';

export type Health = {
	/** In the order in which they deserve attention; empty until they are known. */
	readonly endpoints: readonly EndpointHealth[];
	readonly isKnown: boolean;
	readonly failure: string | null;
	/** Something was changed from here. */
	readonly readAgain: () => void;
};

/** How the endpoints fare: read when the sendouts are shown, and again when the store changed (`version` grows then). */
export const useHealth = (tab: Tab, version: number): Health => {
	const {services} = useSurroundings();
	const [asked, setAsked] = useState(0);
	const {value, failure} = useResource(tab === 'sendouts' ? `${version} ${asked}` : null, async () => byTrouble(await services.endpoints()));
	return {
		endpoints: value ?? [], isKnown: value !== null, failure,
		readAgain() {
			setAsked(before => before + 1);
		},
	};
};

/** What is blocked first, then what fails, then what waits; among equals the order stays. */
const byTrouble = (endpoints: readonly EndpointHealth[]): readonly EndpointHealth[] => endpoints.toSorted((one, other) => troubleOf(other) - troubleOf(one));

const troubleOf = ({endpoint, breaker, successRate, waiting}: EndpointHealth): number =>
	(endpoint.active ? 0 : 3 + Math.sign(waiting)) + ({open: 4, 'half-open': 2, closed: 0}[breaker]) + ((successRate ?? 1) < lowRate ? 1 : 0);

/** Below this share of successes an endpoint fails. */
export const lowRate = 0.9;
