import {Text} from 'ink';
export const CopyMenu = (_: Record<string, unknown>) => <Text>copy</Text>;
