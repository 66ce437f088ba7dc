/** Stands at the end of a body of which only the beginning was kept. `size` is of the whole body, in bytes as sent. */
export const cutNote = (kept: number, size: number): string => `\n[cut: the first ${kept} bytes of a body of ${size} bytes as sent]`;

/** Whether only the beginning of a body was kept. */
export const isCutBody = (body: string): boolean => body.endsWith(' bytes as sent]') && /\n\[cut: the first \d+ bytes of a body of \d+ bytes as sent\]$/.test(body.slice(-120));
