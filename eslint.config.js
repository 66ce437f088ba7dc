import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';
import {createTypeScriptImportResolver} from 'eslint-import-resolver-typescript';
import reactHooks from 'eslint-plugin-react-hooks';

// The rooms of source/, from the street door down to the foundation: a room imports only rooms below it.
const rooms = ['cli.ts', 'commands', 'ui', 'host', 'worker', 'intake', 'services', 'store', 'domain'];
// Beyond the order: the screen reaches the store only through services that it is given.
const alsoForbidden = {ui: ['host', 'worker', 'intake', 'store']};

const zones = rooms.flatMap((room, level) => {
	const forbidden = [...rooms.slice(0, level), ...(alsoForbidden[room] ?? [])];
	return forbidden.map(other => ({
		target: `./source/${room}`,
		from: `./source/${other}`,
		message: `${room} may not import ${other}: a room imports only rooms below it.`,
	}));
});

export default tseslint.config(
	{ignores: ['dist/', 'node_modules/']},
	{
		files: ['**/*.{ts,tsx}'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
		plugins: {'import-x': importX, 'react-hooks': reactHooks},
		settings: {
			'import-x/parsers': {'@typescript-eslint/parser': ['.ts', '.tsx']},
			'import-x/resolver-next': [createTypeScriptImportResolver()],
		},
		rules: {
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': ['error', {zones, basePath: import.meta.dirname}],
			'import-x/no-default-export': 'error',
			'react-hooks/rules-of-hooks': 'error',
			'react-hooks/exhaustive-deps': 'error',
			'max-lines': ['error', {max: 250, skipBlankLines: true, skipComments: true}],
			'no-restricted-imports': ['error', {patterns: [{regex: '(utils|helpers|manager|common)(\\.tsx?)?$', message: 'Name the thing by what it does.'}]}],
			'@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports'}],
			'@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true}],
			'@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true, allowBoolean: true}],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
		},
	},
	{
		// node:test returns promises that the runner itself awaits; fixtures of hostile data need odd strings; tests name their helpers' folder.
		files: ['test/**/*.{ts,tsx}'],
		rules: {
			'@typescript-eslint/no-floating-promises': ['error', {allowForKnownSafeCalls: [{from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite', 'before', 'after', 'beforeEach', 'afterEach']}]}],
			'no-restricted-imports': 'off',
			'max-lines': ['error', {max: 500, skipBlankLines: true, skipComments: true}],
		},
	},
);
