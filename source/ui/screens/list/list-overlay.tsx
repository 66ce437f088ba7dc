import {type Tab} from '../../../domain/records.ts';
import {type TabSession} from '../../../services/session-file.ts';
import {FilterForm} from '../../components/filter-form/filter-form.tsx';
import {Confirm} from '../../components/menu/confirm.tsx';
import {Menu} from '../../components/menu/menu.tsx';
import {CopyMenu} from '../detail/copy-menu.tsx';
import {ExportActions} from '../exports/export-actions.tsx';
import {ExportDialog} from '../exports/export-dialog.tsx';
import {EndpointsScreen} from '../sendouts/endpoints-screen.tsx';
import {RetryConfirm} from '../sendouts/retry-confirm.tsx';
import {RetryDialog} from '../sendouts/retry-dialog.tsx';
import {type Health} from '../sendouts/use-health.ts';
import {GroupMenu} from './group-menu.tsx';
import {noOverlay} from './list-props.ts';
import {currentRow} from './list-state.ts';
import {timePresets, withRange} from './query-edits.ts';
import {RelatedMenu} from './related-menu.tsx';
import {type ListControl} from './use-list-keys.ts';
import {ViewsMenu} from './views-menu.tsx';

type ListOverlayProps<T extends Tab> = {
	readonly control: ListControl<T>;
	readonly width: number;
	readonly height: number;
	readonly session: TabSession;
	readonly onNavigate: (tab: Tab, query: string, openId?: string) => void;
	readonly onExportFields: (fields: readonly string[]) => void;
	readonly health: Health;
	readonly now: number;
	/** Why nothing can be changed. */
	readonly readOnly: string | undefined;
};

/** What stands in place of the list while it is open. */
export const ListOverlay = <T extends Tab>({control, width, height, session, onNavigate, onExportFields, health, now, readOnly}: ListOverlayProps<T>) => {
	const {tab, state, overlay, setOverlay, setQuery} = control;
	const {query} = state.listing;
	const row = currentRow(state);
	const close = () => {
		setOverlay(noOverlay);
	};

	switch (overlay.kind) {
		case 'form': {
			return (
				<FilterForm
					tab={tab} query={query} width={width} height={height} onApply={setQuery} onCancel={close}
					onSaveView={edited => {
						setOverlay({kind: 'saveView', query: edited});
					}}
				/>
			);
		}

		case 'timePresets': {
			const items = timePresets.map(({label, query: range}) => ({
				label,
				hint: range,
				run() {
					setQuery(withRange(tab, query, range));
				},
			}));
			return <Menu title='Time range' items={items} width={width} height={height} onClose={close}/>;
		}

		case 'views': {
			return (
				<ViewsMenu
					tab={tab} query={query} width={width} height={height} onClose={close} onChoose={setQuery}
					onSave={() => {
						setOverlay({kind: 'saveView', query});
					}}
				/>
			);
		}

		case 'group': {
			return (
				<GroupMenu
					tab={tab} query={query} groupKey={overlay.key} width={width} height={height} onClose={close} onChoose={setQuery}
					onField={key => {
						setOverlay({kind: 'group', key});
					}}
				/>
			);
		}

		case 'related': {
			return row ? <RelatedMenu tab={tab} id={row.summary.id} width={width} height={height} onClose={close} onNavigate={onNavigate}/> : null;
		}

		case 'copy': {
			return row ? <CopyMenu tab={tab} id={row.summary.id} query={query} width={width} height={height} onClose={close}/> : null;
		}

		case 'export': {
			return (
				<ExportDialog
					tab={tab} query={query} fields={session.exportFields} width={width} height={height} onClose={close} onFields={onExportFields}
				/>
			);
		}

		case 'exportActions': {
			return <ExportActions exported={overlay.exported} width={width} height={height} control={control} onClose={close}/>;
		}

		case 'retry': {
			return <RetryConfirm sendout={overlay.sendout} width={width} height={height} onClose={close}/>;
		}

		case 'retryAll': {
			return <RetryDialog control={control} width={width} height={height} onClose={close}/>;
		}

		case 'endpoints': {
			return <EndpointsScreen health={health} now={now} readOnly={readOnly} width={width} height={height} onClose={close} onQuery={setQuery} onNavigate={onNavigate}/>;
		}

		case 'confirm': {
			return <Confirm title={overlay.title} yes={overlay.yes} onYes={overlay.run} width={width} height={height} onClose={close}/>;
		}

		default: {
			return null;
		}
	}
};
