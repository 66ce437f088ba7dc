import {type Random} from './random.ts';

/** The shop whose project the sample is. Every name, address and key in it is invented. */

export const projectName = 'nordlicht-coffee';
export const projectTimezone = 'Europe/Berlin';

/** Server-side API keys. */
export const serverKeys = {
	checkout: '7c1d0a52-8f3e-4b0e-9a57-2f6c5b0d91e4',
	crm: '1f0b6c3e-52d7-4f4a-8a6e-90c4d7e2b318',
	warehouse: 'b84e2d19-6a07-4c5f-a3d1-5e7f08c9a642',
	braze: 'e95a7f40-13c8-4d62-a7be-6c2d81f0b537',
	woocommerce: '3d62c8f1-b94a-4e07-a85d-0f7b12e6c49a',
} as const;

/** Client-side API keys. */
export const clientKeys = {
	storefront: '5a9e3c70-d1f4-4b28-a6c7-e803b5d2f914',
	mobileOld: '92d7b0e5-4c16-4f83-a0b9-7d5e1c28f360',
	mobile: 'c06f4a8b-7e25-4d91-a4f2-18b9d3e05c77',
} as const;

export const keyNames: Readonly<Record<string, string>> = {
	[serverKeys.checkout]: 'Checkout server',
	[serverKeys.crm]: 'CRM sync',
	[serverKeys.warehouse]: 'Warehouse jobs',
	[serverKeys.braze]: 'Braze Outbound',
	[serverKeys.woocommerce]: 'WooCommerce outlet',
	[clientKeys.storefront]: 'Web storefront',
	[clientKeys.mobileOld]: 'Mobile app 2025',
	[clientKeys.mobile]: 'Mobile app',
};

export const nodeSdk = 'Node.js-24.1.0-SDK-v7.6.0';
export const brokenNodeSdk = 'Node.js-24.1.0-SDK-v8.0.0';

export type Campaign = {readonly id: string; readonly name: string; readonly codes: readonly string[]; readonly percentOff: number};

export const campaigns: readonly Campaign[] = [
	{id: 'camp_U0mj4ZzRupOdo04Sis0cYtZ5', name: 'Autumn-Roast', codes: ['AUTUMN15', 'AUT-7XK2QD', 'AUT-9M4LHB', 'AUT-2PWZ8C'], percentOff: 15},
	{id: 'camp_k8VqYwN1fTzL3bRs6HcXeD2j', name: 'Midnight-Roast-Launch', codes: ['MIDNIGHT20'], percentOff: 20},
	{id: 'camp_Qp5sJm7GxWu9EaKt4RdZyB1n', name: 'Welcome-Series', codes: ['WELCOME10', 'WEL-4TRQ', 'WEL-8ZPA', 'WEL-1NMX'], percentOff: 10},
	{id: 'camp_h3LcVo8TfYi6SgMq2XwPkN7r', name: 'Barista-Friends', codes: ['BARISTA25', 'BAR-DXH3', 'BAR-77PL'], percentOff: 25},
];
export const midnightRoast = campaigns[1]!;
export const loyaltyCampaign = {id: 'camp_Zt6RnXe1WqBd4KyUj9FsLv0m', name: 'Bean-Club'};
export const partnerCampaign = {id: 'camp_d7HyTg2MvCk5ZoPw8QxJrB3s', name: 'Partner-Codes-Autumn'};

export const products = [
	['prod_12e95568a0058c3422', 'Midnight Roast 1 kg', 2599],
	['prod_12e95568a00c1f77b0', 'Fjord Blend 500 g', 1490],
	['prod_12e95568a0134ea90d', 'Decaf Polar 250 g', 990],
	['prod_12e95568a01a902c5e', 'Hand grinder', 7900],
	['prod_12e95568a02157d3aa', 'Filter papers, 100', 450],
] as const;

export const users = ['dana.ops@nordlicht.example', 'mateusz.k@nordlicht.example', 'ines.support@nordlicht.example'] as const;

export type Customer = {readonly id: string; readonly sourceId: string; readonly name: string; readonly email: string; readonly city: string; readonly metadata: Readonly<Record<string, unknown>>};

/** The one whose redemption failed twice and then passed. */
export const zoe: Customer = {
	id: 'cust_Wm3VxQa8RkTz6LpYc1NfHd5u', sourceId: 'crm-20417', name: 'Zoë Ōkubo-Nyström', email: 'zoe.okubo@mail.example', city: 'Malmö',
	metadata: {segment: 'new', favourite: '☕ filter'},
};

/** Shows that nothing of a record reaches the terminal: it would clear the screen, set its title, and turn text round. */
export const mallory: Customer = {
	id: 'cust_Xh9QeTb4UoLs2VwMk7RzCy1g', sourceId: 'crm-66600', email: 'mallory@mail.example', city: 'Nowhere',
	name: 'Mallory \u001B[2J\u001B[1;31m\u001B]0;owned\u0007\u009B5A \u202Egnp.exe\u202C\u2066\u200B\r\nEND',
	metadata: {note: '\u001B]52;c;b3duZWQ=\u0007', tag: '\u{E0041}\uFEFF'},
};

const givenNames = [
	'Anna', 'Łukasz', 'Sofía', '花子', 'Jürgen', 'Ольга', 'Nguyễn', 'Chloé', 'Björn', 'محمد', 'Priya', 'דנה', 'Séamus', '지훈', 'Éloïse', 'Tomasz', 'Amara', 'Noah', '小明', 'Ingrid',
] as const;
const familyNames = [
	'Kowalska', 'Żółć', 'García', '山田', 'Müller', 'Петрова', 'Trần', 'Lefèvre', 'Ångström', 'الخطيب', 'Sharma', 'לוי', 'Ó Briain', '김', 'O’Neill', 'Nowak', 'Okafor', 'Smith', '王', 'Dahl',
] as const;
const cities = ['Berlin', 'Kraków', 'Malmö', 'Wien', 'Zürich', 'København', '東京', 'Lisboa', 'Αθήνα'] as const;
const notes = ['👩‍👩‍👧 family plan', '🎉 birthday week', 'grinds at home', '咖啡爱好者', 'prefers decaf ☕', 'שלום', 'allergic to nuts'] as const;

/** Customers by how often they come. */
export function makeCustomers(random: Random, count: number): readonly Customer[] {
	return Array.from({length: count}, (_, index) => {
		const origin = random.integer(0, givenNames.length - 1);
		return {
			id: `cust_${random.alphanumeric(24)}`,
			sourceId: `crm-${10_400 + index}`,
			name: `${givenNames[origin]} ${familyNames[random.chance(0.8) ? origin : random.integer(0, familyNames.length - 1)]}`,
			email: `customer.${10_400 + index}@mail.example`,
			city: random.pick(cities),
			metadata: random.chance(0.3) ? {acquisition_channel: 'Website', note: random.pick(notes)} : {acquisition_channel: random.pick(['Website', 'App', 'Café'])},
		};
	});
}
