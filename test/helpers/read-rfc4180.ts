/** A reader that takes exactly RFC 4180: CRLF between records, quotes wherever there must be some. Throws at anything else. */
export const readRfc4180 = (text: string): readonly (readonly string[])[] => {
	const records: string[][] = [];
	let at = 0;
	const fail = (what: string): never => {
		throw new Error(`${what} at ${at}: ${JSON.stringify(text.slice(Math.max(0, at - 20), at + 20))}`);
	};

	while (at < text.length) {
		const record: string[] = [];
		for (;;) {
			let cell = '';
			if (text[at] === '"') {
				at++;
				for (;;) {
					const end = text.indexOf('"', at);
					if (end === -1) fail('a quote that is not closed');
					cell += text.slice(at, end);
					at = end + 1;
					if (text[at] !== '"') break;
					cell += '"';
					at++;
				}
			} else {
				const end = text.slice(at).search(/[,\r\n"]/);
				if (end === -1) fail('a record without end');
				cell = text.slice(at, at + end);
				at += end;
			}

			record.push(cell);
			if (text[at] === ',') at++;
			else if (text.startsWith('\r\n', at)) break;
			else fail('neither a comma nor CRLF');
		}

		at += 2;
		records.push(record);
	}

	return records;
};
