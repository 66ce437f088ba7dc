import {type Figure} from './figures.ts';
import {type BenchStore} from './generator/fill-store.ts';

export type BenchContext = {
	/** Logs in the store. */
	readonly count: number;
	/** Made at the first call, kept between runs. */
	readonly store: () => Promise<BenchStore>;
	/** An empty directory, gone after the bench. */
	readonly scratch: string;
	readonly onProgress: (text: string) => void;
};

export type Bench = {readonly name: string; readonly run: (context: BenchContext) => Promise<readonly Figure[]>};
