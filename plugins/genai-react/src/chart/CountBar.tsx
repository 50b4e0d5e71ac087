import { makeStyles } from '@material-ui/core/styles';
import type { GpuCounts } from '@promptside/backstage-plugin-genai-common';
import { formatCount } from '../format/formatCount';
import { quietColor } from '../view/quietColor';

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  const unhealthy = dark ? theme.palette.error.light : theme.palette.error.dark;
  return {
    bar: {
      display: 'flex',
      width: '100%',
      minWidth: 64,
      height: theme.spacing(1.25),
      borderRadius: theme.spacing(0.625),
      overflow: 'hidden',
      // Free devices are the background: an outline keeps them visible on any surface.
      boxShadow: `inset 0 0 0 1px ${theme.palette.text.secondary}`,
    },
    allocated: {
      background: dark ? theme.palette.info.light : theme.palette.info.dark,
    },
    unhealthy: {
      // Stripes, so that colour is not the only difference.
      background: `repeating-linear-gradient(45deg, ${unhealthy} 0 3px, transparent 3px 6px)`,
      boxShadow: `inset 0 0 0 1px ${unhealthy}`,
      marginLeft: 'auto',
    },
    legend: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      ...theme.typography.body2,
      color: quietColor(theme),
    },
    item: { display: 'inline-flex', alignItems: 'center', gap: 6 },
    swatch: {
      width: 12,
      height: 12,
      borderRadius: 2,
      flexShrink: 0,
      marginLeft: 0,
    },
    free: { boxShadow: `inset 0 0 0 1px ${theme.palette.text.secondary}` },
  };
});

/** @public */
export interface CountBarProps {
  counts: Pick<GpuCounts, 'capacity' | 'allocated' | 'free' | 'unhealthy'>;
  /** What is counted, plural: `whole GPUs`. */
  what: string;
}

/**
 * Allocated, free and unhealthy devices as one stacked bar. The numbers are its text alternative; pods may hold more than
 * is allocatable after a device failed, and the parts are then drawn in proportion to their sum.
 *
 * @public
 */
export function CountBar({ counts, what }: CountBarProps) {
  const classes = useStyles();
  const { allocated, free, unhealthy } = counts;
  const total = Math.max(counts.capacity, allocated + free + unhealthy, 1);
  const width = (count: number) => ({ width: `${(100 * count) / total}%` });
  return (
    <div
      role="img"
      aria-label={describeCounts(counts, what)}
      className={classes.bar}
    >
      {allocated > 0 && (
        <span className={classes.allocated} style={width(allocated)} />
      )}
      {unhealthy > 0 && (
        <span className={classes.unhealthy} style={width(unhealthy)} />
      )}
    </div>
  );
}

/**
 * Says what the parts of {@link CountBar} mean.
 *
 * @public
 */
export function CountBarLegend() {
  const classes = useStyles();
  const parts = [
    ['Allocated', classes.allocated],
    ['Free', classes.free],
    ['Unhealthy', classes.unhealthy],
  ];
  return (
    <ul className={classes.legend} aria-label="Legend">
      {parts.map(([label, look]) => (
        <li key={label} className={classes.item}>
          <span className={`${look} ${classes.swatch}`} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}

/** `5 allocated, 2 free, 1 unhealthy of 8 whole GPUs` */
export function describeCounts(
  counts: CountBarProps['counts'],
  what: string,
): string {
  const parts = [
    `${formatCount(counts.allocated)} allocated`,
    `${formatCount(counts.free)} free`,
    ...(counts.unhealthy > 0
      ? [`${formatCount(counts.unhealthy)} unhealthy`]
      : []),
  ];
  return `${parts.join(', ')} of ${formatCount(counts.capacity)} ${what}`;
}
