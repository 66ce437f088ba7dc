import {readdir, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {build} from 'esbuild';
import ts from 'typescript';

/**
 * meow carries what reads a package.json of any kind, and runs its set-up on loading: 40 of the 50 ms that meow takes.
 * It is needed only by `cli.pkg` and by messages about broken JSON, so here it runs when one of these is asked for.
 */
const lazyParts = [
	['var normalizeExports = requireNormalize();\nconst normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
		'const normalizePackageData = (...values) => getDefaultExportFromCjs(requireNormalize())(...values);'],
	['var libExports = requireLib$1();', 'const libExports = {codeFrameColumns: (...values) => requireLib$1().codeFrameColumns(...values)};'],
];

const loadMeowLazily = {
	name: 'load-meow-lazily',
	setup({onLoad}) {
		onLoad({filter: /meow[/\\]build[/\\]dependencies\.js$/}, async ({path}) => {
			let contents = await readFile(path, 'utf8');
			for (const [part, lazy] of lazyParts) {
				if (!contents.includes(part)) {
					return {errors: [{text: `meow has changed: it no longer holds ${part}`, detail: 'see esbuild.config.js'}]};
				}

				contents = contents.replace(part, () => lazy);
			}

			return {contents, loader: 'js'};
		});
	},
};

const outdir = process.argv[2] ?? 'dist';
const {metafile} = await build({
	metafile: true,
	entryPoints: [
		{in: 'source/cli.ts', out: 'cli'},
		{in: 'source/library.ts', out: 'library'},
		// Started as threads, so that they are files of their own.
		{in: 'source/worker/csv-thread/csv-thread.ts', out: 'csv-thread'},
		{in: 'source/worker/intake-thread/intake-thread.ts', out: 'intake-thread'},
	],
	outdir,
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node22',
	jsx: 'automatic',
	sourcemap: true,
	minifySyntax: true,
	minifyWhitespace: true,
	legalComments: 'none',
	logLevel: 'warning',
	define: {'process.env.NODE_ENV': '"production"'},
	// What is native, and what is only for development.
	external: ['libsql', 'react-devtools-core'],
	// For packages in CommonJS, whose require() of Node's own modules stays as it is.
	banner: {js: 'import {createRequire as requireOf} from "node:module"; const require = requireOf(import.meta.url);'},
	plugins: [loadMeowLazily],
});

// The types of the package: one file of the sources holds them all, and imports nothing of ours.
const publishedTypes = 'source/intake/recorder/published.ts';
const {outputText} = ts.transpileDeclaration(await readFile(publishedTypes, 'utf8'), {fileName: publishedTypes});
const types = path.join(outdir, 'library.d.ts');
await writeFile(types, `${outputText}\n/** Records the calls that a service answers, and those that it makes. */\nexport declare const createRecorder: CreateRecorder;\n`);

// What an earlier build left goes only now: one that fails, or a program that still runs, keeps what it had.
const outputs = new Set([types, ...Object.keys(metafile.outputs)].map(file => path.basename(file)));
for (const name of await readdir(outdir)) {
	if (!outputs.has(name)) {
		await rm(path.join(outdir, name), {recursive: true});
	}
}
