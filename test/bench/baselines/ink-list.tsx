import {useState} from 'react';
import {render, Text, useInput} from 'ink';

const rows = Array.from({length: 46}, (_, row) => `row ${row} `.padEnd(190, 'abcdefghij '));

/** The least that a list with a cursor can be in Ink: a page of ready text, one line of which is inverse. */
function BareList() {
	const [cursor, setCursor] = useState(0);
	useInput(input => {
		setCursor(current => (current + (input === 'j' ? 1 : -1) + rows.length) % rows.length);
	});
	return rows.map((row, index) => <Text key={row} inverse={index === cursor}>{row}</Text>);
}

render(<BareList/>, {interactive: true, alternateScreen: true, incrementalRendering: true, maxFps: 1000});
