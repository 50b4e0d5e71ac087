import { makeStyles } from '@material-ui/core/styles';
import type { LineageState } from '@promptside/backstage-plugin-genai-common';

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  const tone = (colour: 'success' | 'warning' | 'error') =>
    dark ? theme.palette[colour].light : theme.palette[colour].dark;
  return {
    line: { fill: 'none', strokeWidth: 1.5 },
    label: {
      fontWeight: 500,
      paintOrder: 'stroke',
      stroke: theme.palette.background.paper,
      strokeWidth: 4,
    },
    // Not by colour alone: what is not whole is dashed, and thicker where it is broken.
    WholeLine: { stroke: theme.palette.text.secondary },
    BrokenLine: {
      stroke: tone('error'),
      strokeWidth: 3,
      strokeDasharray: '8 5',
    },
    UnknownLine: { stroke: tone('warning'), strokeDasharray: '2 5' },
    Whole: { fill: tone('success') },
    Broken: { fill: tone('error') },
    Unknown: { fill: tone('warning') },
  };
});

/** A point of the picture, in its own units. */
export interface Point {
  x: number;
  y: number;
}

/** A path through the points that leaves and enters each one along the main axis. */
export function curveThrough(points: readonly Point[], isUpright: boolean) {
  return points
    .map(({ x, y }, index) => {
      if (index === 0) return `M${x},${y}`;
      const before = points[index - 1];
      const middle = { x: (before.x + x) / 2, y: (before.y + y) / 2 };
      return isUpright
        ? `C${before.x},${middle.y} ${x},${middle.y} ${x},${y}`
        : `C${middle.x},${before.y} ${middle.x},${y} ${x},${y}`;
    })
    .join(' ');
}

/** One connection: its line, and its state in the middle of it. */
export function LineageEdge(props: {
  points: readonly Point[];
  state: LineageState;
  isUpright: boolean;
}) {
  const { state, isUpright } = props;
  const classes = useStyles();
  const points = props.points.filter(
    ({ x, y }) => Number.isFinite(x) && Number.isFinite(y),
  );
  // The picture is not laid out yet.
  if (points.length === 0) return null;
  const { x, y } = points[Math.floor(points.length / 2)];
  return (
    <g data-testid={`lineage-${state}`}>
      <path
        className={`${classes.line} ${classes[`${state}Line`]}`}
        d={curveThrough(points, isUpright)}
      />
      <text
        className={`${classes.label} ${classes[state]}`}
        textAnchor="middle"
        dominantBaseline="middle"
        x={x}
        y={y}
      >
        {state}
      </text>
    </g>
  );
}
