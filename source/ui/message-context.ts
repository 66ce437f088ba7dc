import {createContext, useContext} from 'react';

/** One line in the footer about what was just done. */
export type Message = {readonly text: string; readonly kind: 'note' | 'failure'};

export const MessageContext = createContext<Message | null>(null);

export const useMessage = (): Message | null => useContext(MessageContext);
