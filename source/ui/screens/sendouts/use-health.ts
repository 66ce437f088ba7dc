import {useEffect, useMemo, useRef, useState} from 'react';
import {type Tab} from '../../../domain/records.ts';
import {holdsOf, type Hold, type Holds} from '../../../domain/webhooks/hold.ts';
import {type EndpointHealth} from '../../../services/services.ts';
import {useResource} from '../../hooks/use-resource.ts';
import {useSurroundings} from '../../services-context.ts';

export type Health = {
	/** In the order in which they deserve attention; empty until they are known. */
	readonly endpoints: readonly EndpointHealth[];
	readonly isKnown: boolean;
	readonly failure: string | null;
	/** Of those that get nothing just now; the same object while nothing of it changed. */
	readonly holds: Holds;
	/** Something was changed from here. */
	readonly readAgain: () => void;
};

const none: readonly EndpointHealth[] = [];
/** Behind the instant at which a breaker lets one through, so that it is then told so. */
const afterMs = 500;
const longestTimerMs = 86_400_000;

/**
 * How the endpoints fare: read when the sendouts are shown, again when the store changed (`version` grows then), and when a
 * breaker that was open lets one through, which changes nothing in the store.
 */
export const useHealth = (tab: Tab, version: number): Health => {
	const {services, now} = useSurroundings();
	const [asked, setAsked] = useState(0);
	const last = useRef<{readonly text: string; readonly endpoints: readonly EndpointHealth[]} | null>(null);
	const {value, failure} = useResource(tab === 'sendouts' ? `${version} ${asked}` : null, async () => {
		const read = await services.endpoints();
		const text = JSON.stringify(read);
		// What is the same again is not drawn again.
		last.current = last.current?.text === text ? last.current : {text, endpoints: byTrouble(read)};
		return last.current.endpoints;
	});
	const endpoints = value ?? none;
	const opensAt = Math.min(...endpoints.map(({blockedUntil}) => blockedUntil ?? Infinity));

	useEffect(() => {
		if (!Number.isFinite(opensAt)) {
			return undefined;
		}

		const timer = setTimeout(() => {
			setAsked(before => before + 1);
		}, Math.min(Math.max(opensAt - now(), 0) + afterMs, longestTimerMs));
		return () => {
			clearTimeout(timer);
		};
	}, [opensAt, now]);

	const holdsText = JSON.stringify([...holdsOf(endpoints)]);
	const holds = useMemo(() => new Map(JSON.parse(holdsText) as ReadonlyArray<readonly [string, Hold]>), [holdsText]);

	return {
		holds, endpoints, isKnown: value !== null, failure,
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
