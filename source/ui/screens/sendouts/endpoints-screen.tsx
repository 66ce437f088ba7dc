import {useState} from 'react';
import {Box} from 'ink';
import {printQuery} from '../../../domain/query/print-query.ts';
import {type Tab} from '../../../domain/records.ts';
import {type EndpointHealth, type EndpointSecret} from '../../../services/services.ts';
import {Confirm} from '../../components/menu/confirm.tsx';
import {Prompt} from '../../components/prompt/prompt.tsx';
import {useMounted} from '../../keymap/keymap-context.tsx';
import {endpointConfirmation, type EndpointAction} from './endpoint-confirmation.ts';
import {EndpointForm} from './endpoint-form.tsx';
import {EndpointList} from './endpoint-list.tsx';
import {ReplayDialog} from './replay-dialog.tsx';
import {SecretNotice} from './secret-notice.tsx';
import {useEndpointActions} from './use-endpoint-actions.ts';
import {type Health} from './use-health.ts';

type EndpointsScreenProps = {
	readonly health: Health;
	readonly now: number;
	/** Why nothing can be changed. */
	readonly readOnly: string | undefined;
	readonly width: number;
	readonly height: number;
	readonly onClose: () => void;
	/** Shows sendouts. */
	readonly onQuery: (query: string) => void;
	readonly onNavigate: (tab: Tab, query: string, openId?: string) => void;
};

/** What stands in place of the list of endpoints, or below it. */
type View =
	| {readonly kind: 'list' | 'add'}
	| {readonly kind: 'ask'; readonly action: EndpointAction; readonly of: EndpointHealth}
	| {readonly kind: 'secret'; readonly made: EndpointSecret; readonly isRotated: boolean}
	| {readonly kind: 'since'; readonly of: EndpointHealth}
	| {readonly kind: 'replay'; readonly of: EndpointHealth; readonly since: string};

const list: View = {kind: 'list'};

/** Where sendouts go to: how the endpoints fare, and everything that can be done with them. */
export const EndpointsScreen = ({health, now, readOnly, width, height, onClose, onQuery, onNavigate}: EndpointsScreenProps) => {
	const [view, setView] = useState<View>(list);
	const [startId, setStartId] = useState<string | null>(null);
	const back = () => {
		setView(list);
	};

	// Endpoints that another process added or took away leave no mark among the sendouts.
	useMounted(health.readAgain);

	const run = useEndpointActions({
		onChanged: health.readAgain,
		onSecret(made) {
			setView({kind: 'secret', made, isRotated: true});
		},
		onTest(sendoutId) {
			onNavigate('sendouts', `id:${sendoutId}`, sendoutId);
		},
	});

	const goTo = (next: View, of: EndpointHealth) => {
		setStartId(of.endpoint.id);
		setView(next);
	};

	switch (view.kind) {
		case 'add': {
			return (
				<EndpointForm
					width={width} height={height} onClose={back}
					onAdded={made => {
						health.readAgain();
						setStartId(made.endpoint.id);
						setView({kind: 'secret', made, isRotated: false});
					}}
				/>
			);
		}

		case 'secret': {
			return (
				<SecretNotice
					made={view.made} isRotated={view.isRotated} width={width} height={height} onClose={back}
					onStay={() => {
						setView(view);
					}}
				/>
			);
		}

		case 'ask': {
			return (
				<Confirm
					{...endpointConfirmation(view.action, view.of)} width={width} height={height} onClose={back}
					onYes={() => {
						run(view.action, view.of);
					}}
				/>
			);
		}

		case 'replay': {
			return <ReplayDialog of={view.of} since={view.since} width={width} height={height} onClose={back}/>;
		}

		case 'since':
		case 'list': {
			const isAsking = view.kind === 'since';
			return (
				<Box flexDirection='column' width={width} height={height}>
					<EndpointList
						health={health} now={now} readOnly={readOnly} width={width} height={height - (isAsking ? 1 : 0)} startId={startId} isActive={!isAsking} onClose={onClose}
						onOpen={({endpoint}) => {
							onQuery(printQuery([{kind: 'field', key: 'source', values: [endpoint.id], isNegated: false}]));
						}}
						onAdd={() => {
							setView({kind: 'add'});
						}}
						onReplay={of => {
							goTo({kind: 'since', of}, of);
						}}
						onAsk={(action, of) => {
							goTo({kind: 'ask', action, of}, of);
						}}
					/>
					{view.kind === 'since' && (
						<Prompt
							label='replay everything since (6h, 2d, 2026-11-22T10:00)' initial='1h' width={width} onCancel={back}
							onSubmit={since => {
								setView(since.trim() === '' ? list : {kind: 'replay', of: view.of, since: since.trim()});
							}}
						/>
					)}
				</Box>
			);
		}
	}
};
