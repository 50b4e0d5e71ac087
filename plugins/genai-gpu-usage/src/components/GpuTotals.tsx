import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  GpuGroup,
  GpuPending,
} from '@promptside/backstage-plugin-genai-common';
import {
  CountBar,
  CountBarLegend,
  formatCount,
  formatQuantity,
} from '@promptside/backstage-plugin-genai-react';
import type { ReactNode } from 'react';
import {
  summariseGpus,
  type DeviceKind,
  type KindSummary,
} from '../summary/summariseGpus';

const useStyles = makeStyles(theme => ({
  totals: { marginBottom: theme.spacing(3) },
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(210px, 1fr))',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(1.5),
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
  },
  number: { fontWeight: 600, lineHeight: 1.1 },
  of: {
    fontSize: theme.typography.body1.fontSize,
    fontWeight: 400,
    color: theme.palette.text.secondary,
  },
}));

const KIND_WORDS: Record<
  DeviceKind,
  { title: string; what: string; explained: string }
> = {
  Whole: {
    title: 'Whole GPUs',
    what: 'whole GPUs',
    explained: 'One pod has the device to itself.',
  },
  Slice: {
    title: 'Slices',
    what: 'slices',
    explained:
      'MIG slices and partitions: parts of a GPU with memory of their own.',
  },
  Slot: {
    title: 'Shared slots',
    what: 'shared slots',
    explained: 'Several pods take turns on one GPU; a slot is no GPU.',
  },
};

interface GpuTotalsProps {
  groups: readonly GpuGroup[];
  pending: readonly GpuPending[];
}

/** Totals of what the filters leave, each kind of device by itself. */
export function GpuTotals({ groups, pending }: GpuTotalsProps) {
  const classes = useStyles();
  const summary = summariseGpus(groups, pending);
  const { physicalCount, uncountedGroups } = summary;
  return (
    <section aria-label="Totals" className={classes.totals}>
      <div className={classes.tiles}>
        <Tile
          title="Physical GPUs"
          caption={physicalCaption(physicalCount, uncountedGroups)}
        >
          {physicalCount > 0 || uncountedGroups === 0
            ? `${uncountedGroups > 0 ? 'at least ' : ''}${formatCount(physicalCount)}`
            : 'Unknown'}
        </Tile>
        {summary.kinds.map(kind => (
          <KindTile key={kind.kind} summary={kind} />
        ))}
        <Tile
          title="Waiting pods"
          caption={
            summary.waitingPods > 0
              ? 'They ask for GPUs and no node takes them; see the overview.'
              : 'No pod waits for a GPU.'
          }
        >
          {formatCount(summary.waitingPods)}
        </Tile>
      </div>
      <CountBarLegend />
    </section>
  );
}

function physicalCaption(physicalCount: number, uncounted: number): string {
  if (uncounted === 0) return 'Devices as the nodes report them.';
  const kinds = formatQuantity(uncounted, 'kind');
  return physicalCount > 0
    ? `${kinds} of device, MIG slices among them, do not tell how many GPUs are behind.`
    : `The nodes do not tell how many GPUs are behind ${kinds} of device.`;
}

function KindTile({ summary }: { summary: KindSummary }) {
  const classes = useStyles();
  const { counts, schedulableFree } = summary;
  const { title, what, explained } = KIND_WORDS[summary.kind];
  const blocked = counts.free - schedulableFree;
  return (
    <Tile
      title={title}
      bar={<CountBar counts={counts} what={what} />}
      caption={[
        `${formatCount(counts.allocated)} allocated`,
        ...(counts.unhealthy > 0
          ? [`${formatCount(counts.unhealthy)} unhealthy`]
          : []),
        ...(blocked > 0
          ? [
              `${formatCount(blocked)} of the free ones on nodes that take no pods`,
            ]
          : []),
      ]
        .join(', ')
        .concat(`. ${explained}`)}
    >
      {formatCount(counts.free)}{' '}
      <span className={classes.of}>free of {formatCount(counts.capacity)}</span>
    </Tile>
  );
}

interface TileProps {
  title: string;
  children: ReactNode;
  caption: string;
  bar?: ReactNode;
}

function Tile({ title, children, caption, bar }: TileProps) {
  const classes = useStyles();
  return (
    <Paper variant="outlined" className={classes.tile}>
      <Typography variant="subtitle2" component="h2">
        {title}
      </Typography>
      <Typography variant="h4" component="p" className={classes.number}>
        {children}
      </Typography>
      {bar}
      <Typography variant="body2" color="textSecondary">
        {caption}
      </Typography>
    </Paper>
  );
}
