/**
 * The module of a thread: as it is written it stands beside the module that starts it, as it is built all threads are
 * entries of the bundle (`esbuild.config.js` names them).
 * @param startedBy `import.meta.url` of the module that starts it.
 */
export const threadModule = (startedBy: string, name: string): URL => new URL(`./${name}.${startedBy.endsWith('.ts') ? 'ts' : 'js'}`, startedBy);
