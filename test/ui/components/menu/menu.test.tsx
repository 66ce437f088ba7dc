import {test} from 'node:test';
import assert from 'node:assert/strict';
import {Box} from 'ink';
import {Menu, type MenuItem} from '../../../../source/ui/components/menu/menu.tsx';
import {KeymapProvider} from '../../../../source/ui/keymap/keymap-context.tsx';
import {renderScreen} from '../../../helpers/frame.tsx';

const openMenu = async ({items, isFilterable = false, height = 10, onRemove}: {readonly items?: readonly MenuItem[]; readonly isFilterable?: boolean; readonly height?: number; readonly onRemove?: (item: MenuItem) => void}) => {
	const done: string[] = [];
	const item = (label: string, rest: Partial<MenuItem> = {}): MenuItem => ({label, ...rest, run: () => done.push(label)});
	const given = items ?? [
		item('Value', {hint: '"quantity_exceeded"', key: 'v'}),
		item('Path', {hint: '$.key', key: 'p'}),
		item('cURL', {disabledReason: 'this log has no URL', key: 'c'}),
		item('Log ID', {hint: 'log_1', key: 'i'}),
	];
	const screen = await renderScreen(
		<KeymapProvider onDisabled={reason => done.push(`no: ${reason}`)}>
			<Box><Menu title='Copy' items={given} width={40} height={height} isFilterable={isFilterable} onClose={() => done.push('closed')} onRemove={onRemove} /></Box>
		</KeymapProvider>,
		{columns: 40, rows: 12},
	);
	return {screen, done};
};

test('a menu is a title line and a row an item, with keys and hints', async () => {
	const {screen} = await openMenu({});
	assert.equal(screen.frame(), [
		' Copy',
		' ▸ v  Value   "quantity_exceeded"',
		'   p  Path    $.key',
		'   c  cURL    this log has no URL',
		'   i  Log ID  log_1',
	].join('\n'));
	assert.equal(screen.styleOf('Value').isInverse, true);
	assert.equal(screen.styleOf('cURL').isDim, true);
	await screen.unmount();
});

test('arrows, j and k go round; Enter closes and runs', async () => {
	const {screen, done} = await openMenu({});
	await screen.press('j', 'down', 'j');
	assert.match(screen.frame(), /▸ i {2}Log ID/);
	await screen.press('down');
	assert.match(screen.frame(), /▸ v {2}Value/);
	await screen.press('k', 'enter');
	assert.deepEqual(done, ['closed', 'Log ID']);
	await screen.unmount();
});

test('the key of an item chooses it at once; a disabled one says why and stays', async () => {
	const {screen, done} = await openMenu({});
	await screen.press('c');
	assert.deepEqual(done, []);
	await screen.press('down', 'down', 'enter');
	assert.deepEqual(done, ['no: this log has no URL']);
	await screen.press('p');
	assert.deepEqual(done.slice(1), ['closed', 'Path']);
	await screen.unmount();
});

test('Esc closes without running anything', async () => {
	const {screen, done} = await openMenu({});
	await screen.press('esc');
	assert.deepEqual(done, ['closed']);
	await screen.unmount();
});

test('typing filters by every word, and readline keys erase', async () => {
	const {screen, done} = await openMenu({isFilterable: true});
	await screen.type('log i');
	assert.equal(screen.frame(), [' Copy log i', ' ▸ Log ID  log_1'].join('\n'));
	await screen.press('x');
	assert.match(screen.frame(), /Nothing matches "log ix"/);
	await screen.press('ctrl-w', 'ctrl-w');
	assert.equal(screen.lines()[0], ' Copy');
	await screen.paste('val');
	await screen.press('enter');
	assert.deepEqual(done, ['closed', 'Value']);
	await screen.unmount();
});

test('only the rows that fit are drawn, and the cursor stays among them', async () => {
	const many = Array.from({length: 30}, (_, index): MenuItem => ({label: `item ${index + 1}`, run() {/* nothing */}}));
	const {screen} = await openMenu({items: many, height: 5});
	assert.equal(screen.lines().filter(line => line !== '').length, 5);
	await screen.press('pgdn', 'pgdn');
	assert.match(screen.frame(), /▸ item 9/);
	assert.match(screen.lines()[0]!, /9\/30$/);
	await screen.press('pgup', 'up', 'up', 'up', 'up', 'up');
	assert.match(screen.frame(), /▸ item 30/);
	await screen.unmount();
});

test('an item can be removed where the menu allows it', async () => {
	const removed: string[] = [];
	const {screen} = await openMenu({onRemove: ({label}) => removed.push(label)});
	await screen.press('down', 'delete');
	assert.deepEqual(removed, ['Path']);
	await screen.unmount();
});

test('hostile labels stay within their row', async () => {
	const {screen} = await openMenu({items: [{label: 'a\u001B]52;c;eA==\u0007\nb', hint: '日本語'.repeat(20), run() {/* nothing */}}]});
	assert.deepEqual(screen.commands(), []);
	assert.equal(screen.lines().filter(line => line !== '').length, 2);
	await screen.unmount();
});
