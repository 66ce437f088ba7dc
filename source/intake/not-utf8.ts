/** Why a record is left out rather than stored with characters that nobody wrote. */
export const notUtf8 = 'it is not UTF-8 text (iconv converts a file of another encoding)';
