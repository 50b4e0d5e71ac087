import { makeStyles } from '@material-ui/core/styles';
import type { TrendPoint } from './trendWords';

const WIDTH = 300;
const HEIGHT = 48;
/** Room for half of a line's width and for a single point. */
const MARGIN = 3;

const useStyles = makeStyles(theme => ({
  chart: {
    display: 'block',
    width: '100%',
    height: HEIGHT,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  line: {
    fill: 'none',
    stroke:
      theme.palette.type === 'dark'
        ? theme.palette.info.light
        : theme.palette.info.dark,
    strokeWidth: 2,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
    // the drawing is stretched to the card, its lines are not
    vectorEffect: 'non-scaling-stroke',
  },
}));

interface SparklineProps {
  lines: readonly TrendPoint[][];
  /** Time from left to right, milliseconds since the epoch. */
  from: number;
  to: number;
  /** Values from bottom to top. */
  low: number;
  high: number;
  /** Text alternative. */
  label: string;
}

/** A number over time without axes; beside it stand its bounds. A break is a time in which it was not known. */
export function Sparkline(props: SparklineProps) {
  const { lines, from, to, low, high, label } = props;
  const classes = useStyles();
  const x = (at: number) =>
    MARGIN + ((at - from) / (to - from)) * (WIDTH - 2 * MARGIN);
  const y = (value: number) => {
    const part = high > low ? (value - low) / (high - low) : 0.5;
    return HEIGHT - MARGIN - part * (HEIGHT - 2 * MARGIN);
  };
  const path = ([first, ...rest]: readonly TrendPoint[]) => {
    const start = `M${x(first.at).toFixed(1)} ${y(first.value).toFixed(1)}`;
    // a line of no length has round ends: a dot
    const points = rest.length > 0 ? rest : [first];
    return [
      start,
      ...points.map(
        ({ at, value }) => `L${x(at).toFixed(1)} ${y(value).toFixed(1)}`,
      ),
    ].join('');
  };
  return (
    <svg
      role="img"
      aria-label={label}
      className={classes.chart}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      {lines.map(line => (
        <path key={line[0].at} className={classes.line} d={path(line)} />
      ))}
    </svg>
  );
}
