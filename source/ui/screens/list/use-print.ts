import {type Tab} from '../../../domain/records.ts';
import {type Settings} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';
import {printAndWait} from '../../terminal/print-text.ts';
import {useTheme} from '../../theme.ts';
import {useTimeView} from '../../time-context.ts';
import {recordText} from '../detail/record-text.ts';

/** Prints the record under the cursor, whole and undecorated. */
export const usePrint = (tab: Tab, id: string | null, settings: Settings | null): (() => void) => {
	const surroundings = useSurroundings();
	const {zone, zones} = useTimeView();
	const {signs} = useTheme();
	const {services, say} = surroundings;
	return () => {
		if (id === null) {
			return;
		}

		void (async () => {
			try {
				const [detail, related] = await Promise.all([services.record({tab, id, isWhole: true}), services.related({tab, id})]);
				if (detail) {
					await printAndWait(recordText({detail, related, keyNames: settings?.keyNames ?? {}, zone, zones, signs}), surroundings);
				}
			} catch (error) {
				say(describeFailure(error), 'failure');
			}
		})();
	};
};
