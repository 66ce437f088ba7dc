import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {openStore} from '../../../source/store/open-store.ts';
import {insertEvent} from '../../../source/store/webhooks/events.ts';

/** Makes events at a steady rate in a process of its own, each with the time of the machine at which it was made. */
const [url = '', ratePerSecond = '', count = ''] = process.argv.slice(2);
const store = await openStore({url, isReadOnly: false});
const start = performance.now();
for (let index = 0; index < Number(count); index++) {
	await delay(Math.max(0, start + (index * 1000 / Number(ratePerSecond)) - performance.now()));
	await store.write([insertEvent({
		id: `evt_${process.pid}_${index}`, type: 'a.b', createdAt: Date.now(), requestId: null, entityId: null,
		data: JSON.stringify({at: String(process.hrtime.bigint()), note: 'x'.repeat(600)}),
	})]);
}

await store.close();
