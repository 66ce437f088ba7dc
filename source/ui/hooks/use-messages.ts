import {useCallback, useEffect, useRef, useState} from 'react';
import {type Message} from '../message-context.ts';

const noteMs = 4000;
const failureMs = 12_000;

/** The footer's line; it goes away by itself, and a newer one takes its place. */
export const useMessages = (): {readonly message: Message | null; readonly say: (text: string, kind?: Message['kind']) => void} => {
	const [message, setMessage] = useState<Message | null>(null);
	const timer = useRef<NodeJS.Timeout | undefined>(undefined);
	const say = useCallback((text: string, kind: Message['kind'] = 'note') => {
		clearTimeout(timer.current);
		setMessage({text, kind});
		timer.current = setTimeout(() => {
			setMessage(null);
		}, kind === 'failure' ? failureMs : noteMs);
	}, []);
	useEffect(() => () => {
		clearTimeout(timer.current);
	}, []);
	return {message, say};
};
