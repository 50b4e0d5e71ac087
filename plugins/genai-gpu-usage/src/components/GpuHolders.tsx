import { makeStyles } from '@material-ui/core/styles';
import type { GpuAllocation } from '@promptside/backstage-plugin-genai-common';
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

const SHOWN = 5;

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

/** Devices of one kind in few words: `2 × NVIDIA H100 80GB HBM3 · Whole GPU`. */
function deviceTotals(items: readonly GpuAllocation[]) {
  const totals = new Map<string, { held: number; waiting: number }>();
  for (const item of items) {
    const device = `${VENDOR_NAMES[item.vendor]} ${formatDevice(item)} · ${SHARING_NAMES[item.sharing]}`;
    const total = totals.get(device) ?? { held: 0, waiting: 0 };
    if (item.node) total.held += item.count;
    else total.waiting += item.count;
    totals.set(device, total);
  }
  return [...totals].map(([device, total]) => ({ device, ...total }));
}

/** What the pods of one entity hold and wait for. */
export function GpuHolders({ items }: { items: readonly GpuAllocation[] }) {
  const classes = useStyles();
  const nodes = new Set(items.flatMap(({ node }) => node ?? []));
  const rest = items.length - SHOWN;
  return (
    <>
      {deviceTotals(items).map(({ device, held, waiting }) => (
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
        {items.slice(0, SHOWN).map(item => (
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
          {formatQuantity(nodes.size, 'node')} in all
        </p>
      )}
    </>
  );
}
