import fs from 'node:fs/promises';

/** Whether a path leads to what this process has open, and so to something else in another one: `/dev/stdin`, `/dev/fd/63`. */
export const isDescriptorPath = (path: string): boolean => /^\/(?:dev\/(?:stdin$|fd\/)|proc\/(?:self|\d+)\/fd\/)/.test(path);

/** The file that such a path leads to (`auditty import /dev/stdin < FILE`); any other path, or one to a pipe, as it is. */
export const fileOfDescriptorPath = async (path: string): Promise<string> => isDescriptorPath(path) ? fs.realpath(path).catch(() => path) : path;
