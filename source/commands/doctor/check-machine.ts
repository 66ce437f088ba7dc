import {localZone} from '../local-zone.ts';
import {ok, warning, problem, type Check} from './check.ts';

const oldestNode = 22;

const checkNode = (version: string): Check => Number.parseInt(version, 10) >= oldestNode
	? ok('node', version)
	: problem('node', version, `install Node ${oldestNode} or later`);

/** LC_ALL wins over LC_CTYPE, which wins over LANG. */
const checkLocale = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Check => {
	const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
	if (/utf-?8/i.test(locale) || platform === 'win32') {
		return ok('locale', locale || 'of the system');
	}

	return warning('locale', locale === '' ? 'none is set' : locale, 'set LANG to a UTF-8 locale, such as C.UTF-8; until then signs are ASCII');
};

const checkTimeZone = (environment: NodeJS.ProcessEnv): Check => {
	const asked = environment['TZ'] ?? '';
	const zone = localZone();
	return asked !== '' && zone === 'UTC' && !/utc|gmt|universal|zulu/i.test(asked)
		? warning('local time', `TZ=${asked} is not known, UTC is taken`, 'set TZ to a name such as Europe/Warsaw')
		: ok('local time', zone);
};

/** Node, locale and time zone. */
export const checkMachine = (process: {readonly versions: {readonly node: string}; readonly env: NodeJS.ProcessEnv; readonly platform: NodeJS.Platform}): readonly Check[] => [
	checkNode(process.versions.node),
	checkLocale(process.env, process.platform),
	checkTimeZone(process.env),
];
