/** A text as it stands in a regular expression that is to find just it. */
export const escapePattern = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}/-]/g, String.raw`\$&`);
