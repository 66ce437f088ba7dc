import {type Exchange, type KeptBody} from './exchange.ts';

/** Exchanges as they go to another process: bodies stay bytes, the rest is JSON, which is the faster of the two to read. */
export type ExchangeMessage = {readonly exchanges: string; readonly bodies: readonly Uint8Array[]};

type BodyPlace = Omit<KeptBody, 'bytes'> & {readonly at: number};
type Packed = Omit<Exchange, 'request_body' | 'response_body'> & {readonly request_body: BodyPlace | null; readonly response_body: BodyPlace | null};

export const packExchanges = (exchanges: readonly Exchange[]): ExchangeMessage => {
	const bodies: Uint8Array[] = [];
	const place = (body: KeptBody | null): BodyPlace | null => {
		if (body === null) return null;
		const {bytes, ...rest} = body;
		return {...rest, at: bodies.push(bytes) - 1};
	};

	const packed: readonly Packed[] = exchanges.map(exchange => ({
		...exchange, request_body: place(exchange.request_body), response_body: place(exchange.response_body),
	}));
	return {exchanges: JSON.stringify(packed), bodies};
};

export const unpackExchanges = ({exchanges, bodies}: ExchangeMessage): readonly Exchange[] => {
	const body = (place: BodyPlace | null): KeptBody | null => {
		if (place === null) return null;
		const {at, ...rest} = place;
		return {...rest, bytes: bodies[at] ?? new Uint8Array()};
	};

	return (JSON.parse(exchanges) as readonly Packed[]).map(packed => ({
		...packed, request_body: body(packed.request_body), response_body: body(packed.response_body),
	}));
};
