/** A single record larger than this is rejected, so that memory stays flat whatever the file holds. */
export const maxRecordBytes = 64 * 1024 * 1024;

export const tooLarge = (what: string, maxBytes: number): string =>
	`${what} is larger than ${maxBytes >= 1024 * 1024 ? `${Math.floor(maxBytes / 1024 / 1024)} MiB` : `${maxBytes} bytes`}`;
