import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import {completePath} from '../../source/services/complete-path.ts';
import {temporaryDirectory} from '../helpers/temporary-store.ts';

test('a path is completed as far as the names agree, a directory with a slash, hidden files when a dot was typed', async context => {
	const home = temporaryDirectory(context);
	mkdirSync(path.join(home, 'traffic'));
	for (const name of ['shop-a.har', 'shop-b.har', '.shadow', 'żółw.csv']) {
		writeFileSync(path.join(home, name), '');
	}

	const at = (start: string): string => `${home}/${start}`;
	assert.deepEqual(await completePath(at('sh')), {text: at('shop-'), names: ['shop-a.har', 'shop-b.har']});
	assert.deepEqual(await completePath(at('shop-b')), {text: at('shop-b.har'), names: ['shop-b.har']});
	assert.deepEqual(await completePath(at('tr')), {text: at('traffic/'), names: ['traffic/']});
	assert.deepEqual(await completePath(at('.s')), {text: at('.shadow'), names: ['.shadow']});
	assert.deepEqual(await completePath(at('ż')), {text: at('żółw.csv'), names: ['żółw.csv']});
	assert.deepEqual(await completePath(at('none')), {text: at('none'), names: []});
	assert.deepEqual(await completePath(at('nowhere/a')), {text: at('nowhere/a'), names: []});
	assert.equal((await completePath('~/')).text.startsWith(homedir()), true);
});
