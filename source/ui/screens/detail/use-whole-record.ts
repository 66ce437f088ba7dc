import {useState} from 'react';
import {type RecordDetail} from '../../../services/services.ts';
import {describeFailure} from '../../failure-text.ts';
import {useSurroundings} from '../../services-context.ts';

/** A record as it was read first, its long bodies cut, until all of it is wanted. */
export const useWholeRecord = (given: RecordDetail): {
	readonly detail: RecordDetail;
	/** Runs with the record once nothing is cut off. */
	readonly withWhole: (run: (record: RecordDetail) => void) => void;
} => {
	const {services, say} = useSurroundings();
	const [whole, setWhole] = useState<RecordDetail | null>(null);
	const detail = whole !== null && whole.tab === given.tab && whole.record.id === given.record.id ? whole : given;
	return {
		detail,
		withWhole(run) {
			if (detail.cut === undefined || Object.keys(detail.cut).length === 0) {
				run(detail);
				return;
			}

			services.record({tab: given.tab, id: given.record.id, isWhole: true}).then(read => {
				setWhole(read);
				run(read ?? detail);
			}).catch((error: unknown) => {
				say(describeFailure(error), 'failure');
			});
		},
	};
};
