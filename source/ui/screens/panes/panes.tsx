import {Box} from 'ink';
import {makeSafe} from '../../../domain/text/make-safe.ts';
import {findMatches} from '../../components/json-tree/tree-search.ts';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useSurroundings} from '../../services-context.ts';
import {PaneView} from './pane-view.tsx';
import {type PanesControl} from './use-panes.ts';

type PanesProps = {
	readonly control: PanesControl;
	readonly isFocused: boolean;
	/** What the panes are parts of, for what is said. */
	readonly noun: 'record' | 'row';
};

/** The parts of a record that are in sight, and below them the text that is searched for while it is asked for. */
export const Panes = ({control: {panes, state, layout, width, height, isWrapped, isSearching, act, endSearch}, isFocused, noun}: PanesProps) => {
	const {say} = useSurroundings();
	return (
		<>
			<Box flexDirection={layout.direction} width={width} height={height} flexShrink={0}>
				{layout.places.map(({pane, width: paneWidth, height: paneHeight}, index) => (
					<PaneView
						key={pane} pane={panes[pane]!} tree={state.trees[pane] ?? null} width={paneWidth} height={paneHeight} isWrapped={isWrapped}
						isFocused={isFocused && pane === state.focus}
						others={index === layout.places.length - 1 ? layout.others.map(other => panes[other]!.name) : []}
					/>
				))}
			</Box>
			{isSearching && (
				<Prompt
					label='/' width={width} onCancel={endSearch}
					onSubmit={text => {
						endSearch();
						act({type: 'searched', query: text});
						if (text !== '' && panes.every(({document}) => document === null || findMatches(document, text).length === 0)) {
							say(`"${makeSafe(text)}" is not in this ${noun}`);
						}
					}}
				/>
			)}
		</>
	);
};
