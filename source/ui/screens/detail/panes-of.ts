import {type BackgroundTask, type ExportRecord, type Log, type Sendout} from '../../../domain/records.ts';
import {type RecordDetail} from '../../../services/services.ts';
import {logPanes} from './log-panes.ts';
import {exportPanes, sendoutPanes, taskPanes} from './other-panes.ts';
import {type Pane} from './pane.ts';

/** The parts of a record of any kind; `zone` is that in which times are shown. */
export const panesOf = ({tab, record, cut = {}}: RecordDetail, zone: string): readonly Pane[] => {
	switch (tab) {
		case 'logs': {
			return logPanes(record as Log, cut);
		}

		case 'tasks': {
			return taskPanes(record as BackgroundTask);
		}

		case 'exports': {
			return exportPanes(record as ExportRecord);
		}

		case 'sendouts': {
			return sendoutPanes(record as Sendout, zone);
		}
	}
};
