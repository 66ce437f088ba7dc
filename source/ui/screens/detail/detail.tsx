import {Box, Text} from 'ink';
import {useKeys} from '../../keymap/keymap-context.tsx';
import {useTheme} from '../../theme.ts';
import {type DetailProps} from './detail-props.ts';
import {OpenDetail} from './open-detail.tsx';

/** One record: what it is, and its parts. It takes the focus while it is open. */
export const Detail = (props: DetailProps) => {
	const {detail, width, height, placement} = props;
	const theme = useTheme();
	const inner = {width: width - (placement === 'beside' ? 2 : 0), height: height - (placement === 'below' ? 1 : 0)};
	const body = detail === null
		? <Reading {...props} width={inner.width} height={inner.height} />
		: <OpenDetail {...props} detail={detail} width={inner.width} height={inner.height} />;
	if (placement === 'beside') {
		return (
			<Box width={width} height={height} flexShrink={0} overflow='hidden'>
				<Box flexDirection='column' width={2} flexShrink={0}>
					{Array.from({length: height}, (_, row) => <Text key={row}>{theme.paint('secondary', theme.signs.rule)}</Text>)}
				</Box>
				{body}
			</Box>
		);
	}

	return (
		<Box flexDirection='column' width={width} height={height} flexShrink={0} overflow='hidden'>
			{placement === 'below' && <Text wrap='truncate'>{theme.paint('secondary', theme.signs.line.repeat(width))}</Text>}
			{body}
		</Box>
	);
};

const Reading = ({width, height, isFocused, onClose}: DetailProps) => {
	const theme = useTheme();
	useKeys('detail', {close: onClose}, {isActive: isFocused});
	return <Box width={width} height={height}><Text wrap='truncate'>{theme.paint('secondary', ' reading the record')}</Text></Box>;
};
