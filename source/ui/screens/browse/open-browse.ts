import {createContext, useContext} from 'react';
import {type BrowseSource} from '../../../services/services.ts';

/** What is browsed, and the filter to begin with. */
export type StartedBrowse = {readonly source: BrowseSource; readonly query: string};

/** Opens the screen that browses a file. */
export const OpenBrowseContext = createContext<(browse: StartedBrowse) => void>(() => undefined);

export const useOpenBrowse = () => useContext(OpenBrowseContext);
