import {test} from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {cellWidth} from '../../../../source/domain/text/cells.ts';
import {createTextDocument, createTreeDocument, pathOf, sourceOf, type TreeOptions} from '../../../../source/ui/components/json-tree/tree-document.ts';
import {createTreeState, reduceTree, type FoldingOptions, type TreeAction} from '../../../../source/ui/components/json-tree/tree-state.ts';
import {type TreeState, type TreeView} from '../../../../source/ui/components/json-tree/tree-model.ts';
import {treeLines} from '../../../../source/ui/components/json-tree/json-tree.tsx';
import {windowRows} from '../../../../source/ui/components/json-tree/tree-window.ts';
import {createTheme, type Theme} from '../../../../source/ui/theme.ts';

const plainTheme: Theme = {...createTheme({hasColor: false, isUnicode: true}), paint: (_token, text) => text};
const marking: Theme = {...plainTheme, paint: (token, text) => token === 'selected' ? `>${text}` : (token === 'match' ? `_${text}_` : text)};
const wide: TreeView = {width: 60, height: 12, isWrapped: false};

const open = (text: string, {folding, ...options}: TreeOptions & {readonly folding?: FoldingOptions} = {}): TreeState => createTreeState(createTreeDocument(text, options)!, folding);
const after = (state: TreeState, actions: readonly TreeAction[], view = wide): TreeState => actions.reduce((before, action) => reduceTree(before, action, view), state);
const drawn = (state: TreeState, view = wide, theme = plainTheme): string => treeLines(state, view, true, theme).map(line => line.trimEnd()).join('\n').trimEnd();

const sample = '{"customer":{"source_id":"crm-10422","metadata":{"tier":"gold"}},"amount":2599.10,"items":[{"id":1},{"id":2}],"note":null,"ok":true}';

test('two levels are open, deeper ones folded with their size and first members', () => {
	assert.equal(drawn(open(sample)), [
		'▾ customer {2}',
		'    source_id: "crm-10422"',
		'  ▸ metadata {1} tier: "gold"',
		'  amount: 2599.10',
		'▾ items [2]',
		'  ▸ 0 {1} id: 1',
		'  ▸ 1 {1} id: 2',
		'  note: null',
		'  ok: true',
	].join('\n'));
});

test('what fits altogether is open altogether', () => {
	assert.match(drawn(open(sample, {folding: {room: 20}})), /tier: "gold"\n/);
});

test('a long array is folded', () => {
	assert.equal(drawn(open(`{"codes":[${Array.from({length: 30}, (_, index) => index).join(',')}],"key":"x"}`)), '▸ codes [30] 0, 1, 2, 3, 4, 5, 6, 7\n  key: "x"');
});

test('numbers, keys and their order are those of the text', () => {
	assert.equal(drawn(open('{"b":1.0000000000000000000001,"a":12345678901234567890,"b":-0.0,"e":1E400}')), '  b: 1.0000000000000000000001\n  a: 12345678901234567890\n  b: -0.0\n  e: 1E400');
});

test('fold goes to the parent once there is nothing to fold, unfold to the first member', () => {
	let state = after(open(sample), [{type: 'moved', by: 1}, {type: 'fold'}]);
	assert.equal(pathOf(state.document, state.cursor), '.customer');
	state = after(state, [{type: 'fold'}]);
	assert.match(drawn(state), /^▸ customer \{2\} source_id: "crm-10422", metadata: \{1\}\n {2}amount/);
	state = after(state, [{type: 'unfold'}, {type: 'unfold'}]);
	assert.equal(pathOf(state.document, state.cursor), '.customer.source_id');
});

test('all below is unfolded and folded, from a value all of its parent', () => {
	const state = after(open(sample), [{type: 'sibling', by: 1}, {type: 'sibling', by: 1}, {type: 'unfoldAll'}]);
	assert.match(drawn(state), /items \[2\]\n {2}▾ 0 \{1\}\n {6}id: 1/);
	assert.match(drawn(after(state, [{type: 'foldAll'}])), /▸ items \[2\]/);
	const all = after(open(sample), [{type: 'last'}, {type: 'unfoldAll'}]);
	assert.match(drawn(all), /tier: "gold"\n/);
	assert.match(drawn(all), /id: 2/);
	assert.equal(drawn(after(all, [{type: 'foldAll'}])), '▸ customer {2} source_id: "crm-10422", metadata: {1}\n  amount: 2599.10\n▸ items [2] {1}, {1}\n  note: null\n  ok: true');
});

test('siblings are stepped through without what is below them', () => {
	const paths: string[] = [];
	let state = open(sample);
	for (let step = 0; step < 5; step++) {
		paths.push(pathOf(state.document, state.cursor));
		state = after(state, [{type: 'sibling', by: 1}]);
	}

	assert.deepEqual(paths, ['.customer', '.amount', '.items', '.note', '.ok']);
	assert.equal(after(state, [{type: 'sibling', by: 1}]), state);
	state = after(state, [{type: 'sibling', by: -1}, {type: 'sibling', by: -1}]);
	assert.equal(pathOf(state.document, state.cursor), '.items');
});

test('a path is what jq reads', () => {
	const document = createTreeDocument('{"a b":[{"c":1}]}')!;
	assert.deepEqual([0, 1, 2, 3].map(index => pathOf(document, index)), ['.', '.["a b"]', '.["a b"][0]', '.["a b"][0].c']);
	assert.equal(sourceOf(document, 2), '{"c":1}');
});

test('a search finds keys and values wherever they are, whatever their case, and unfolds to them', () => {
	let state = after(open(sample), [{type: 'searched', query: 'GOLD'}]);
	assert.equal(pathOf(state.document, state.cursor), '.customer.metadata.tier');
	assert.match(drawn(state, wide, marking), />_?\s*tier: "_gold_"/);
	state = after(open(sample), [{type: 'searched', query: 'id'}]);
	const paths = [];
	for (let step = 0; step < 4; step++) {
		paths.push(pathOf(state.document, state.cursor));
		state = after(state, [{type: 'matchMoved', by: 1}]);
	}

	assert.deepEqual(paths, ['.customer.source_id', '.items[0].id', '.items[1].id', '.customer.source_id']);
	state = after(state, [{type: 'matchMoved', by: -1}]);
	assert.equal(pathOf(state.document, state.cursor), '.customer.source_id');
	assert.equal(after(open(sample), [{type: 'searched', query: 'nowhere'}]).matches.length, 0);
});

test('escapes in the body are found by what they stand for', () => {
	const state = after(open('{"name":"M\\u00fcller"}'), [{type: 'searched', query: 'MÜLL'}]);
	assert.equal(state.matches.length, 1);
	assert.equal(drawn(state), '  name: "Müller"');
});

test('a match far inside a long value is brought into sight', () => {
	const text = JSON.stringify({blob: `${'x'.repeat(50_000)}needle${'y'.repeat(50_000)}`});
	const state = after(open(text), [{type: 'searched', query: 'needle'}]);
	assert.match(drawn(state), /…x+needley+…$/);
	const wrapped = {...wide, isWrapped: true};
	const found = after(open(text), [{type: 'searched', query: 'needle'}], wrapped);
	assert.match(drawn(found, wrapped).replaceAll(/\s/g, ''), /needle/);
});

test('a long value is cut with an ellipsis, or wrapped to the end', () => {
	const state = open(JSON.stringify({message: 'the quick brown fox jumps over the lazy dog again', next: 1}));
	const view = {width: 24, height: 6, isWrapped: false};
	assert.equal(drawn(state, view), '  message: "the quick b…\n  next: 1');
	assert.equal(drawn(state, {...view, isWrapped: true}), '  message: "the quick\n  brown fox jumps over\n  the lazy dog again"\n  next: 1');
});

test('a wrapped value higher than the pane is scrolled through before the cursor leaves it', () => {
	const view = {width: 20, height: 3, isWrapped: true};
	const words = Array.from({length: 20}, (_, index) => `word${String(index).padStart(2, '0')}`).join(' ');
	let state = open(JSON.stringify({text: words, next: 1}));
	let seen = '';
	for (let step = 0; step < 30 && !seen.includes('next: 1'); step++) {
		seen += drawn(state, view);
		state = after(state, [{type: 'moved', by: 1}], view);
	}

	for (let word = 0; word < 20; word++) {
		assert.ok(seen.includes(`word${String(word).padStart(2, '0')}`), `word ${word} was on the screen`);
	}

	assert.equal(pathOf(state.document, state.cursor), '.next');
});

test('text that is not JSON is lines', () => {
	const state = createTreeState(createTextDocument('first\r\nsecond\n\nfourth\n'));
	assert.equal(drawn(state), 'first\nsecond\n\nfourth');
});

test('a body that ends in the middle shows what came, and where it ends', () => {
	assert.equal(drawn(open('{"a":1,"b":["x","unfinis')), '  a: 1\n▾ b [2] …\n    0: "x"\n    1: "unfinis"…');
});

test('1,500 levels are folded, unfolded and searched', () => {
	const deep = `${'{"a":['.repeat(750)}"bottom"${']}'.repeat(750)}`;
	let state = after(open(deep), [{type: 'searched', query: 'bottom'}]);
	assert.match(drawn(state, wide, marking), /"_bottom_"/);
	state = after(open(deep), [{type: 'unfoldAll'}, {type: 'last'}]);
	assert.equal(state.visible.length, 1500);
	assert.match(drawn(state), /"bottom"$/);
});

test('only the rows that fit are made, also of a body of a megabyte', () => {
	const state = after(open(`[${Array.from({length: 60_000}, (_, index) => `{"n":${index}}`).join(',')}]`), [{type: 'unfoldAll'}, {type: 'last'}]);
	assert.equal(state.visible.length, 120_000);
	assert.equal(windowRows(state, wide).length, 12);
	assert.match(drawn(state), /n: 59999$/);
});

test('folds, cursor and search stay when the whole text takes the place of its start', () => {
	const whole = `{"first":{"deep":{"x":1}},"list":[1,2,3],"last":"found me"}`;
	let state = after(open(whole.slice(0, 40)), [{type: 'unfoldAll'}, {type: 'last'}, {type: 'searched', query: 'found'}]);
	assert.equal(state.matches.length, 0);
	const path = pathOf(state.document, state.cursor);
	state = after(state, [{type: 'replaced', document: createTreeDocument(whole)!}]);
	assert.equal(pathOf(state.document, state.cursor), path);
	assert.match(drawn(state), /x: 1/);
	assert.equal(state.matches.length, 1);
});

test('nothing of a value reaches the terminal raw, and every key and value stays in its row', () => {
	const hostile = '{"\\u001b[31mkey":"\\u001b]52;c;eA==\\u0007","\u202Ebidi":"a\\nb\\rc\\td","nul":"\\u0000","lone":"\\ud800","wide":"全角文字","zero":"a\\u200bb"}';
	const lines = treeLines(open(hostile), wide, false, plainTheme);
	assert.ok(lines.every(line => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(line)));
	assert.match(lines.join('\n'), /\\x1b\[31mkey: "\\x1b\]52;c;eA==\\x07"/);
	assert.ok(lines.every(line => cellWidth(line) === 60));
});

const actions: fc.Arbitrary<TreeAction> = fc.oneof(
	fc.record({type: fc.constant('moved' as const), by: fc.integer({min: -3, max: 3})}),
	fc.record({type: fc.constant('paged' as const), by: fc.constantFrom(-1, -0.5, 0.5, 1)}),
	fc.constantFrom<TreeAction>({type: 'first'}, {type: 'last'}, {type: 'fold'}, {type: 'unfold'}, {type: 'foldAll'}, {type: 'unfoldAll'}, {type: 'sibling', by: 1}, {type: 'sibling', by: -1}, {type: 'matchMoved', by: 1}, {type: 'matchMoved', by: -1}),
	fc.record({type: fc.constant('searched' as const), query: fc.constantFrom('', 'a', '1', '"', ' ')}),
);

test('whatever is done, the pane is filled exactly and the cursor is in it', () => {
	fc.assert(fc.property(
		fc.json({maxDepth: 5, stringUnit: 'binary'}), fc.array(actions, {maxLength: 15}), fc.integer({min: 10, max: 70}), fc.integer({min: 1, max: 9}), fc.boolean(),
		(text, steps, width, height, isWrapped) => {
			const view = {width, height, isWrapped};
			let state = open(text);
			for (const action of steps) {
				state = reduceTree(state, action, view);
				const lines = treeLines(state, view, true, plainTheme);
				assert.equal(lines.length, height);
				for (const line of lines) {
					assert.equal(cellWidth(line), width, JSON.stringify(line));
				}

				assert.ok(state.visible.includes(state.cursor), 'the cursor is on a shown node');
				assert.ok(windowRows(state, view).some(({index}) => index === state.cursor), 'the cursor is in the pane');
			}
		},
	), {numRuns: 50});
});
