import {type EncodedText} from './encoded-text.ts';
import {type SecretKind} from './secret-names.ts';
import {type SecretSpan} from './secret-span.ts';

/** A search for secrets in one text. */
export type Search = {
	readonly kindOf: (name: string) => SecretKind;
	readonly add: (span: SecretSpan) => void;
	/** Searches a text that stands encoded in this one from `start`. */
	readonly findEncoded: (encoded: EncodedText, start: number) => void;
};
