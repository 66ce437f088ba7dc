import {type BrowseServices} from './contract/browse-services.ts';
import {type ExportServices} from './contract/export-services.ts';
import {type PullServices} from './contract/pull-services.ts';
import {type RecordServices} from './contract/record-services.ts';
import {type SendoutServices} from './contract/sendout-services.ts';
import {type SettingServices} from './contract/setting-services.ts';
import {type TaskServices} from './contract/task-services.ts';

/**
 * What the screen and the commands may ask. Every call is bounded in time (a few tens of milliseconds on a
 * million logs): what may take longer is asked in steps, each of which says where the next one begins.
 * Arguments and results are plain JSON, so that the same calls can go to another process.
 */
export type Services = RecordServices & SettingServices & TaskServices & ExportServices & PullServices & BrowseServices & SendoutServices;

// Whoever asks finds requests and answers here too; each stands with the calls of its theme.
export type * from './contract/browse-services.ts';
export type * from './contract/export-services.ts';
export type * from './contract/pull-services.ts';
export type * from './contract/record-services.ts';
export type * from './contract/sendout-services.ts';
export type * from './contract/setting-services.ts';
export type * from './contract/task-services.ts';
