import { makeStyles } from '@material-ui/core/styles';
import type {
  GpuAllocationsResponse,
  GpuAllocationTotal,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatAge,
  formatCount,
  formatDevice,
  formatQuantity,
  SHARING_NAMES,
  StateChip,
  VENDOR_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import { podState } from '../summary/podState';

const useStyles = makeStyles(theme => ({
  total: {
    margin: 0,
    fontSize: theme.typography.h5.fontSize,
    fontWeight: 600,
  },
  device: {
    margin: theme.spacing(0, 0, 1),
    color: theme.palette.text.secondary,
  },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  pod: {
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 2),
  },
  secondary: { color: theme.palette.text.secondary },
}));

/** Devices of one kind in few words: `NVIDIA H100 80GB HBM3 · Whole GPU`. */
function deviceTotals(totals: readonly GpuAllocationTotal[]) {
  const sums = new Map<string, { held: number; waiting: number }>();
  for (const total of totals) {
    const device = `${VENDOR_NAMES[total.vendor]} ${formatDevice(total)} · ${SHARING_NAMES[total.sharing]}`;
    const sum = sums.get(device) ?? { held: 0, waiting: 0 };
    sum.held += total.heldCount;
    sum.waiting += total.waitingCount;
    sums.set(device, sum);
  }
  return [...sums].map(([device, sum]) => ({ device, ...sum }));
}

interface GpuHoldersProps extends Pick<
  GpuAllocationsResponse,
  'items' | 'totalCount'
> {
  totals: readonly GpuAllocationTotal[];
}

/** What the pods of one entity hold and wait for. */
export function GpuHolders(props: GpuHoldersProps) {
  const { items, totals, totalCount } = props;
  const classes = useStyles();
  const rest = totalCount - items.length;
  const sum = (count: 'podCount' | 'readyPodCount' | 'nodeCount') =>
    totals.reduce((all, total) => all + total[count], 0);
  const unready = sum('podCount') - sum('readyPodCount');
  return (
    <>
      {deviceTotals(totals).map(({ device, held, waiting }) => (
        <div key={device}>
          <p className={classes.total}>
            {[
              ...(held > 0 ? [`${formatCount(held)} held`] : []),
              ...(waiting > 0 ? [`${formatCount(waiting)} waited for`] : []),
            ].join(', ')}
          </p>
          <p className={classes.device}>{device}</p>
        </div>
      ))}
      <ul className={classes.list} aria-label="Pods">
        {items.map(item => (
          <li key={`${item.podUid}/${item.resource}`} className={classes.pod}>
            <div className={classes.line}>
              <span>{item.pod}</span>
              <StateChip
                state={podState(item)}
                hint={item.message ?? item.reason}
              />
            </div>
            <div className={`${classes.line} ${classes.secondary}`}>
              <span>
                {formatCount(item.count)} on {item.node ?? 'no node yet'}
                {items.some(other => other.cluster !== item.cluster) &&
                  ` (${item.cluster})`}
              </span>
              {item.since && <span>for {formatAge(item.since)}</span>}
            </div>
            {item.message && !item.ready && <div>{item.message}</div>}
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <p className={classes.secondary}>
          and {formatQuantity(rest, 'more pod')}, on{' '}
          {formatQuantity(sum('nodeCount'), 'node')} in all
          {unready > 0 && `; ${formatCount(unready)} not ready`}
        </p>
      )}
    </>
  );
}
