import {render, Text} from 'ink';

// What Ink alone takes to its first frame.
render(<Text>hello</Text>, {interactive: true});
setInterval(() => undefined, 1000);
