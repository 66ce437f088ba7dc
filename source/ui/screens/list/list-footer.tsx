import {queryProblem, seekFrom, type ListControl} from './use-list-keys.ts';
import {completeQuery} from '../../../domain/query/complete-query.ts';
import {type Tab} from '../../../domain/records.ts';
import {paceOf} from '../../../domain/task-pace.ts';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {type Overview} from '../../../services/services.ts';
import {type TabSession} from '../../../services/session-file.ts';
import {Footer} from '../../components/frame/footer.tsx';
import {type Note} from '../../components/frame/note-lines.tsx';
import {NamePrompt} from '../../components/prompt/name-prompt.tsx';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {withCompletion} from '../../components/prompt/with-completion.ts';
import {paceTexts} from '../../components/progress/pace-text.ts';
import {progressBar} from '../../components/progress/progress-bar.ts';
import {useMessage} from '../../message-context.ts';
import {useSurroundings} from '../../services-context.ts';
import {useTheme, type Theme} from '../../theme.ts';
import {SavePrompt} from '../exports/save-prompt.tsx';
import {noOverlay} from './list-props.ts';
import {searchQuery} from './query-edits.ts';

type ListFooterProps<T extends Tab> = {
	readonly control: ListControl<T>;
	readonly width: number;
	readonly session: TabSession;
	readonly overview: Overview | null;
	readonly isSeeking: boolean;
	readonly isLoading: boolean;
};

/** The last line: what is asked for, else what is going on and what can be done. */
export const ListFooter = <T extends Tab>({control, width, session, overview, isSeeking, isLoading}: ListFooterProps<T>) => {
	const theme = useTheme();
	const message = useMessage();
	const {say, services} = useSurroundings();
	const {tab, state, overlay, setOverlay, setMatch, setQuery} = control;
	const cancel = () => {
		setOverlay(noOverlay);
	};

	if (overlay.kind === 'search') {
		return (
			<Prompt
				label='/' width={width} onCancel={cancel}
				onSubmit={text => {
					cancel();
					setMatch(text);
					if (text !== '') {
						void seekFrom(control, searchQuery(text), 'older').then(isFound => {
							if (!isFound) {
								say(`nothing further down with "${text}"`);
							}
						});
					}
				}}
			/>
		);
	}

	if (overlay.kind === 'editQuery') {
		return (
			<Prompt
				label='query' width={width} initial={state.listing.query === '' ? '' : `${state.listing.query} `} history={session.history.filter(text => text !== state.listing.query)} onCancel={cancel}
				complete={(text, cursor) => withCompletion(text, completeQuery(text, cursor, tab))}
				describe={text => {
					const problem = queryProblem(tab, text.trim());
					return problem === null ? null : {text: makeSafe(problem), token: 'failure'};
				}}
				onSubmit={text => {
					const problem = queryProblem(tab, text.trim());
					if (problem === null) {
						setQuery(text.trim());
					} else {
						say(problem, 'failure');
					}
				}}
			/>
		);
	}

	if (overlay.kind === 'saveView') {
		return (
			<NamePrompt
				label='save view as' onCancel={cancel}
				onSubmit={name => {
					cancel();
					if (name.trim() !== '') {
						services.saveView({tab, name: name.trim(), query: overlay.query}).then(() => {
							say(`view "${name.trim()}" saved: \\ lists the views`);
						}, (error: unknown) => {
							say(String(error), 'failure');
						});
					}
				}}
			/>
		);
	}

	if (overlay.kind === 'save') {
		return <SavePrompt id={overlay.id} width={width} onClose={cancel} setOverlay={setOverlay}/>;
	}

	return <Footer status={statusOf({message, overview, isSeeking, isLoading, failure: state.failure, width, theme})} width={width}/>;
};

type StatusInput = {
	readonly message: ReturnType<typeof useMessage>;
	readonly overview: Overview | null;
	readonly isSeeking: boolean;
	readonly isLoading: boolean;
	readonly failure: string | null;
	readonly width: number;
	readonly theme: Theme;
};

const statusOf = ({message, overview, isSeeking, isLoading, failure, width, theme}: StatusInput): Note | null => {
	if (message) {
		return {token: message.kind === 'failure' ? 'failure' : 'accent', text: makeSafe(message.text)};
	}

	if (failure !== null) {
		return {token: 'failure', text: makeSafe(failure)};
	}

	if (isSeeking) {
		return {token: 'accent', text: `searching${theme.signs.ellipsis} esc stops`};
	}

	const task = overview?.runningTasks[0];
	if (task) {
		const bar = width >= 100 ? ` ${progressBar(task.progress / 100, 10, theme.signs)}` : '';
		const parts = paceTexts(paceOf(task)).slice(width >= 100 ? 0 : -1);
		return {token: 'accent', text: [`${theme.signs.running} ${makeSafe(task.type)}${bar} ${Math.floor(task.progress)} %`, ...parts].join(` ${theme.signs.separator} `)};
	}

	return isLoading ? {token: 'secondary', text: `loading${theme.signs.ellipsis}`} : null;
};
