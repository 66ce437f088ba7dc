/** A collection of the API: the parameter that follows it in a path, and the words that may stand there instead. */
type Collection = {readonly parameter: string; readonly words?: readonly string[]};

const bulkWords = ['import', 'importCSV', 'bulk', 'metadata', 'export', 'search'];

/** Collections of Voucherify's API, by their segment. Parameter names are those of its reference, in lower snake case. */
const collections: Readonly<Record<string, Collection>> = {
	vouchers: {parameter: 'code', words: [...bulkWords, 'qualification', 'examine', 'validate', 'enable', 'disable', 'sessions']},
	redemptions: {parameter: 'redemption_id', words: ['export']},
	campaigns: {parameter: 'campaign_id', words: ['qualification', 'export']},
	customers: {parameter: 'customer_id', words: bulkWords},
	orders: {parameter: 'order_id', words: bulkWords},
	products: {parameter: 'product_id', words: bulkWords},
	skus: {parameter: 'sku_id', words: bulkWords},
	publications: {parameter: 'publication_id', words: ['create']},
	segments: {parameter: 'segment_id'},
	'validation-rules': {parameter: 'validation_rule_id'},
	'validation-rules-assignments': {parameter: 'assignment_id'},
	assignments: {parameter: 'assignment_id'},
	loyalties: {parameter: 'campaign_id', words: ['members', 'export', 'programs', 'cards', 'tier-structures']},
	members: {parameter: 'member_id', words: ['activity', 'bulk']},
	'earning-rules': {parameter: 'earning_rule_id', words: ['enable', 'disable']},
	referrals: {parameter: 'campaign_id', words: ['members', 'programs']},
	rewards: {parameter: 'reward_id'},
	tiers: {parameter: 'tier_id'},
	stacks: {parameter: 'stack_id'},
	promotions: {parameter: 'campaign_id', words: ['tiers', 'stacks', 'validation', 'available']},
	'async-actions': {parameter: 'async_action_id'},
	exports: {parameter: 'export_id'},
	categories: {parameter: 'category_id'},
	locations: {parameter: 'location_id'},
	'metadata-schemas': {parameter: 'resource'},
	'product-collections': {parameter: 'product_collection_id'},
	'trash-bin': {parameter: 'bin_entry_id'},
	projects: {parameter: 'project_id'},
	webhooks: {parameter: 'webhook_id'},
	users: {parameter: 'user_id', words: ['invite', 'me', 'assign']},
	roles: {parameter: 'role_id'},
};

/** Actions that stand behind an object, and so never are its name: `/customers/activities` has no customer `activities`. */
const isCollection = (segment: string): boolean => Object.hasOwn(collections, segment);

const prefixedId = /^[A-Za-z]{1,12}[_-][A-Za-z0-9]*\d[A-Za-z0-9]*$/;
const longId = /^(?=.*\d)[A-Za-z0-9_-]{20,}$/;

/** An object's ID by its look alone: a number, a UUID, hex, or an ID with a prefix. */
const looksLikeId = (segment: string): boolean =>
	/^\d+$/.test(segment)
	|| /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(segment)
	|| /^(?=.*\d)[0-9a-f]{8,}$/i.test(segment)
	|| /^[0-9a-f]{16,}$/i.test(segment)
	|| (prefixedId.test(segment) && segment.length >= 10)
	|| longId.test(segment)
	|| segment.includes('@')
	|| /[^\x21-\x7e]/.test(segment);

/** The name of the path parameter that a segment is, by the segment before it; null for a fixed part of the path. */
export const parameterName = (segment: string, previous: string | undefined): string | null => {
	if (previous !== undefined && isCollection(previous)) {
		const collection = collections[previous];
		const isWord = isCollection(segment) && !looksLikeId(segment);
		if (collection !== undefined && !isWord && collection.words?.includes(segment) !== true) return collection.parameter;
		if (collection?.words?.includes(segment) === true) return null;
	}

	return looksLikeId(segment) ? 'id' : null;
};
