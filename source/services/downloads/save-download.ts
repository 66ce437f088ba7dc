import path from 'node:path';
import {saveFile} from '../export/publish-file.ts';
import {type Download} from '../services.ts';
import {type ServiceContext} from '../service-context.ts';
import {findDownload} from './find-download.ts';

/** Copies the file that belongs to a record. Throws a `Fault` when there is none, or it cannot be written. */
export const saveDownload = async (context: ServiceContext, {id, to, isForced = false}: {
	readonly id: string;
	readonly to: string;
	readonly isForced?: boolean;
}, signal?: AbortSignal): Promise<Download> => {
	const {content, ...download} = await findDownload(context, {id}, signal);
	await saveFile(path.resolve(to), {content: content(), isForced, signal});
	return download;
};
