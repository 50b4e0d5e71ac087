import { makeStyles, type Theme } from '@material-ui/core/styles';
import type { VectorStoreState } from '@promptside/backstage-plugin-genai-common';
import type { StateSpan } from './trendWords';

const WIDTH = 300;
const HEIGHT = 48;

/** Heights tell states apart where colours do not. */
const HEIGHTS: Record<VectorStoreState, number> = {
  Healthy: 16,
  Unknown: 8,
  Degraded: 32,
  Down: HEIGHT,
};

const tone = (theme: Theme, color: 'success' | 'warning' | 'error') =>
  theme.palette.type === 'dark'
    ? theme.palette[color].light
    : theme.palette[color].dark;

const useStyles = makeStyles(theme => ({
  strip: {
    display: 'block',
    width: '100%',
    height: HEIGHT,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  Healthy: { fill: tone(theme, 'success') },
  Degraded: { fill: tone(theme, 'warning') },
  Down: { fill: tone(theme, 'error') },
  Unknown: { fill: theme.palette.text.secondary },
}));

interface StateStripProps {
  spans: readonly StateSpan[];
  /** Time from left to right, milliseconds since the epoch. */
  from: number;
  to: number;
  /** Text alternative. */
  label: string;
}

/** States over time as bars: the worse, the higher. Where there is none, nothing was known. */
export function StateStrip({ spans, from, to, label }: StateStripProps) {
  const classes = useStyles();
  const x = (at: number) =>
    Math.min(1, Math.max(0, (at - from) / (to - from))) * WIDTH;
  return (
    <svg
      role="img"
      aria-label={label}
      className={classes.strip}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      {spans.map(span => (
        <rect
          key={span.from}
          className={classes[span.state]}
          x={x(span.from)}
          // a moment is still to be seen
          width={Math.max(1, x(span.to) - x(span.from))}
          y={HEIGHT - HEIGHTS[span.state]}
          height={HEIGHTS[span.state]}
        />
      ))}
    </svg>
  );
}
