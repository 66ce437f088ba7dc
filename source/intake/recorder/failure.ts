/** Why the upstream gave no answer, or not all of one. */
export type UpstreamFailure = {
	/** What the client gets where nothing of an answer came. */
	readonly status: 400 | 502 | 504;
	/** The log's `error_key`. */
	readonly key: string;
	readonly message: string;
};

type Failure = Error & {readonly code?: string; readonly cause?: unknown; readonly errors?: readonly unknown[]};

/** The code that says most: several addresses of one host fail together as an AggregateError. */
const codeOf = (error: unknown): string => {
	const {code, errors, cause, name} = error as Failure;
	// It carries a code only sometimes.
	if (name === 'HTTPParserError') return 'HPE_';
	return code ?? (errors?.[0] === undefined ? undefined : codeOf(errors[0])) ?? (cause === undefined ? '' : codeOf(cause));
};

const table: ReadonlyArray<readonly [RegExp, UpstreamFailure]> = [
	[/^ECONNREFUSED$/, {status: 502, key: 'upstream_refused', message: 'the upstream refuses connections'}],
	[/^(?:ENOTFOUND|EAI_AGAIN|ENODATA)$/, {status: 502, key: 'upstream_not_found', message: 'the upstream\'s host name is not known'}],
	[/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, {status: 502, key: 'upstream_unreachable', message: 'the upstream cannot be reached'}],
	[/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, {status: 504, key: 'upstream_connect_timeout', message: 'the upstream did not accept the connection in time'}],
	[/^(?:UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, {status: 504, key: 'upstream_timeout', message: 'the upstream did not answer in time'}],
	[/^(?:CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO)/, {status: 502, key: 'upstream_tls', message: 'no secure connection to the upstream could be made'}],
	[/^(?:HPE_|UND_ERR_(?:HEADERS_OVERFLOW|RES_|RESPONSE))/, {status: 502, key: 'upstream_invalid', message: 'the upstream\'s answer is not valid HTTP'}],
	[/^(?:ERR_INVALID_URL|UND_ERR_(?:INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH))/, {status: 400, key: 'bad_request', message: 'the request cannot be passed on'}],
];

/** What a failure means while no answer has begun. */
export const failureOf = (error: unknown): UpstreamFailure => {
	const code = codeOf(error);
	return table.find(([pattern]) => pattern.test(code))?.[1] ?? {status: 502, key: 'upstream_reset', message: 'the upstream closed the connection without an answer'};
};
