import {type BackgroundTask, type ExportRecord, type Log, type Sendout} from '../../../domain/records.ts';
import {type RecordDetail} from '../../../services/services.ts';
import {logPanes} from './log-panes.ts';
import {type Signs} from '../../theme.ts';
import {exportPanes, taskPanes} from './other-panes.ts';
import {type Pane} from '../panes/pane.ts';
import {sendoutPanes, type AttemptChoice} from './sendout-panes.ts';

/** The parts of a record of any kind; `zone` is that in which times are shown, `choice` the attempts of a sendout that are looked at. */
export const panesOf = ({tab, record, cut = {}, tries}: RecordDetail, zone: string, signs?: Signs, choice?: AttemptChoice): readonly Pane[] => {
	switch (tab) {
		case 'logs': {
			return logPanes(record as Log, cut);
		}

		case 'tasks': {
			return taskPanes(record as BackgroundTask, tries);
		}

		case 'exports': {
			return exportPanes(record as ExportRecord);
		}

		case 'sendouts': {
			return sendoutPanes(record as Sendout, {zone, signs, choice});
		}
	}
};
