import {usualConcurrency} from '../../../domain/webhooks/concurrency.ts';
import {editText, insertText, textStateOf, type TextState} from '../../components/text-field/text-state.ts';

/** The URL, the event types, how many at once, then a field a header: the last of them is always empty, for one more. */
export type EndpointFormState = {readonly fields: readonly TextState[]; readonly focus: number};

export type EndpointFormAction =
	| {readonly type: 'focus'; readonly by: number}
	| {readonly type: 'type'; readonly text: string}
	| {readonly type: 'edit'; readonly key: string};

export const firstHeader = 3;

export const emptyEndpointForm: EndpointFormState = {fields: [textStateOf(''), textStateOf('*'), textStateOf(String(usualConcurrency)), textStateOf('')], focus: 0};

export const reduceEndpointForm = (state: EndpointFormState, action: EndpointFormAction): EndpointFormState => {
	const current = state.fields[state.focus]!;
	switch (action.type) {
		case 'focus': {
			return {...state, focus: (state.focus + action.by + state.fields.length) % state.fields.length};
		}

		case 'type': {
			return withField(state, insertText(current, action.text));
		}

		case 'edit': {
			return withField(state, editText(current, action.key) ?? current);
		}
	}
};

const withField = (state: EndpointFormState, field: TextState): EndpointFormState => {
	const fields = state.fields.with(state.focus, field);
	return {...state, fields: fields.at(-1)?.text.trim() === '' ? fields : [...fields, textStateOf('')]};
};

export type EndpointRequest = {readonly url: string; readonly events: readonly string[]; readonly headers: Readonly<Record<string, string>>; readonly concurrency: number};

/** What the form asks for; or what is wrong with it, as one line. */
export const readEndpointForm = ({fields}: EndpointFormState): EndpointRequest | string => {
	const [url = '', events = '', atOnce = '', ...lines] = fields.map(({text}) => text.trim());
	if (url === '') {
		return 'the URL is missing, give where to send to';
	}

	if (!/^\d*$/.test(atOnce)) {
		return `"${atOnce}" is no number, give how many deliveries run at once`;
	}

	const headers: Record<string, string> = {};
	for (const line of lines.filter(text => text !== '')) {
		const [, name, value] = /^([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? [];
		if (name === undefined || value === undefined) {
			return `"${line}" is no header, write it as Name: value`;
		}

		headers[name] = value;
	}

	return {url, events: events.split(/[\s,]+/).filter(type => type !== ''), headers, concurrency: atOnce === '' ? usualConcurrency : Number(atOnce)};
};
