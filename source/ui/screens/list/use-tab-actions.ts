import {type BackgroundTask, type ExportRecord, type SendoutSummary, type Tab} from '../../../domain/records.ts';
import {type TaskChange} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {type Handlers} from '../../keymap/binding.ts';
import {useSurroundings} from '../../services-context.ts';
import {sendoutActions} from '../sendouts/sendout-actions.ts';
import {currentRow} from './list-state.ts';
import {type ListControl} from './use-list-keys.ts';

/** What can be done with a record of this tab besides looking at it; `readOnly` is why nothing can be changed. */
export const useTabActions = <T extends Tab>({tab, state, setOverlay}: ListControl<T>, readOnly: string | undefined): Handlers => {
	const {services, say} = useSurroundings();
	const row = currentRow(state);
	const exporting: Handlers = {
		export() {
			setOverlay({kind: 'export'});
		},
		...(tab === 'sendouts' ? {} : {save: {
			run() {
				if (row) {
					setOverlay({kind: 'save', id: row.summary.id});
				}
			},
			disabledReason: row ? undefined : 'no record is listed',
		}}),
	};

	const tell = (id: string, change: Promise<TaskChange>) => {
		change.then(result => {
			say(result.kind === 'changed' ? `${id} ${result.text}` : `${id} ${result.reason}, ${result.remedy}`, result.kind === 'changed' ? 'note' : 'failure');
		}, (error: unknown) => {
			say(describeFailure(error), 'failure');
		});
	};

	if (tab === 'tasks') {
		const task = row?.summary as BackgroundTask | undefined;
		const isEnded = task?.status === 'done' || task?.status === 'failed';
		const foreign = task && task.origin !== 'local' ? 'it is not carried out by auditty' : undefined;
		const noTask = task ? undefined : 'no background task is listed';
		return {
			...exporting,
			cancel: {
				run() {
					if (task) {
						setOverlay({kind: 'confirm', title: `Cancel ${task.type} ${task.id}?`, yes: 'Yes, cancel it; what it has done stays', run() {
							tell(task.id, services.cancelTask({id: task.id}));
						}});
					}
				},
				disabledReason: noTask ?? foreign ?? (isEnded ? 'it has ended' : undefined),
			},
			rerun: {
				run() {
					if (task) {
						setOverlay({kind: 'confirm', title: `Run ${task.type} ${task.id} again?`, yes: 'Yes, run it again from its beginning', run() {
							tell(task.id, services.rerunTask({id: task.id}));
						}});
					}
				},
				disabledReason: noTask ?? foreign ?? (isEnded ? undefined : 'it has not ended'),
			},
		};
	}

	if (tab === 'sendouts') {
		return {...exporting, ...sendoutActions({sendout: row?.summary as SendoutSummary | undefined, setOverlay, readOnly})};
	}

	if (tab === 'exports') {
		const exported = row?.summary as ExportRecord | undefined;
		return exported?.status === 'done'
			? {
				...exporting,
				open() {
					setOverlay({kind: 'exportActions', exported});
				},
			}
			: exporting;
	}

	return exporting;
};
