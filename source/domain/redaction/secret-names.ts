/**
 * What a name (of a header, a query parameter, a JSON key, a form field) says about its value:
 * `secret` any value; `secrets` texts only, as numbers under it are counts (`tokens: 12`); `password` a secret that people
 * choose, so that it gets no fingerprint; `card` a card number if the check digit fits.
 */
export type SecretKind = 'none' | 'secret' | 'secrets' | 'password' | 'card';

/** Words that may follow a secret's name without changing what it is: `password_confirmation`, `apiKeyLive`, `token2`. */
const trailing = /(?:value|hash|raw|plain|plaintext|text|string|base64|b64|encoded|old|new|current|previous|live|test|prod|production|sandbox|confirmation|confirm|repeat|again|\d+)$/;

const passwords = /(?:password|passwort|passwd|passphrase|passcode|pwd|pincode|pinnumber|securitycode|cvv|cvc|otpcode|onetimecode|onetimepassword|mfacode|totpcode|verificationpin)$/;
const exactPasswords = new Set(['pin', 'otp', 'totp', 'cvn', 'cvv2', 'cvc2', 'pass', 'userpass', 'dbpass', 'pw', 'userpw', 'proxyauth', 'basicauth']);

const keyOwners = 'api|app|application|access|private|secret|signing|encryption|decryption|auth|authorization|client|license|subscription|master|shared|storage|account|service|serviceaccount|ssh|function|functions|server|webhook|hmac|aes|rsa|consumer|admin|deploy|write|sas|management|instrumentation';
const secrets = new RegExp(`(?:secret|token|jwt|credential|authorization|cookie|signature|sessionid|clientassertion|samlresponse|samlassertion|authcode|authorizationcode|codeverifier|connectionstring|mnemonic|seedphrase|(?:${keyOwners})key)$`);
const exactSecrets = new Set(['auth', 'xauth', 'bearer', 'sid', 'connectsid', 'sessid', 'phpsessid', 'jsessionid', 'aspnetsessionid', 'sig', 'csrf', 'xsrf', 'assertion', 'xamzcredential', 'webhooksignature', 'stripesignature']);
/** Names that end in `token` or `signature` and only point at a place in a list, or describe. */
const harmless = /(?:(?:next|prev|page|nextpage|continuation|sync|nextsync|resume|cursor|pagination|skip)token|(?:has|is|use|uses|requires|method|function)(?:token|secret|password|cookie|signature|credential)s?)$/;

const cards = /^(?:(?:credit|debit|payment|bank)?card|(?:(?:credit|debit|payment|bank)?card|cc|ccard|primaryaccount)(?:number|num|no|nr)|pan|creditcard|cardpan|cardnumber)$/;

const compact = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const kindOfCompact = (name: string): SecretKind => {
	if (exactPasswords.has(name)) return 'password';
	if (exactSecrets.has(name)) return 'secret';
	if (cards.test(name)) return 'card';
	if (harmless.test(name)) return 'none';
	if (passwords.test(name)) return 'password';
	if (secrets.test(name)) return 'secret';
	if (name.endsWith('s') && name.length > 4) {
		const singular = name.slice(0, -1);
		if (passwords.test(singular)) return 'password';
		if (!harmless.test(singular) && secrets.test(singular)) return 'secrets';
	}

	const stem = name.replace(trailing, '');
	return stem !== name && stem !== '' ? kindOfCompact(stem) : 'none';
};

const longestName = 128;
const mostRemembered = 10_000;

/** Tells what names mean, with a person's own names beside the usual ones. Upper case, `-`, `_`, `.` and brackets do not matter. */
export const createSecretNames = (extraKeys: readonly string[]): ((name: string) => SecretKind) => {
	const extra = new Set(extraKeys.map(compact).filter(key => key !== ''));
	const known = new Map<string, SecretKind>();
	return name => {
		const remembered = known.get(name);
		if (remembered !== undefined) return remembered;
		// `user[password]` and `auth.token` are named by their last part; the whole may be a person's own name.
		const whole = compact(name.length > longestName ? name.slice(-longestName) : name);
		const kind: SecretKind = extra.has(whole) || extra.has(compact(name.split(/[.[\]]+/).findLast(part => part !== '') ?? '')) ? 'secret' : kindOfCompact(whole);
		if (known.size >= mostRemembered) known.clear();
		if (name.length <= longestName) known.set(name, kind);
		return kind;
	};
};

/** Below a secret's name, members that only describe it and stay readable. */
export const describesSecret = (name: string): boolean =>
	/^(?:type|object|kind|scheme|(?:token|grant)_?type|expires?(?:_?(?:in|at|on))?|expiry|created_?at|updated_?at|iat|exp)$/i.test(name);
