import {existsSync} from 'node:fs';
import path from 'node:path';
import {Fault} from '../../domain/fault.ts';

/**
 * Where the sample project's files are, for the sources as for the bundle, whose files stand at another depth.
 * Throws a `Fault` when they were not installed.
 */
export function findSampleDirectory(): string {
	for (let directory = import.meta.dirname; ; directory = path.dirname(directory)) {
		const candidate = path.join(directory, 'data', 'sample-project');
		if (existsSync(path.join(candidate, 'settings.json'))) {
			return candidate;
		}

		if (directory === path.dirname(directory)) {
			throw new Fault('the sample project is not part of this installation', {remedy: 'install auditty again'});
		}
	}
}
