import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ClusterStatus,
  GpuOverview,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  formatQuantity,
} from '@promptside/backstage-plugin-genai-react';
import { GpuProductTable } from './GpuProductTable';
import { GpuTeamTable } from './GpuTeamTable';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(3),
  },
  pending: { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(2.5) },
}));

interface GpuOverviewTablesProps {
  visible: Pick<GpuOverview, 'groups' | 'owners' | 'pending'>;
  clusters: readonly ClusterStatus[];
  team: string | undefined;
}

/** Devices by product, holders by team, and who waits. */
export function GpuOverviewTables(props: GpuOverviewTablesProps) {
  const { visible, clusters, team } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {visible.pending.length > 0 && (
        <section aria-labelledby="gpu-pending">
          <Typography variant="h6" component="h2" id="gpu-pending">
            Waiting for GPUs
          </Typography>
          <ul className={classes.pending}>
            {visible.pending.map(row => (
              <li key={`${row.cluster}/${row.resource}`}>
                {formatQuantity(row.podCount, 'pod waits', 'pods wait')} for{' '}
                {row.count} × <code>{row.resource}</code> on{' '}
                {clusterTitle(clusters, row.cluster)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <GpuProductTable
        groups={visible.groups}
        owners={visible.owners}
        clusters={clusters}
        team={team}
      />
      <GpuTeamTable owners={visible.owners} clusters={clusters} />
    </div>
  );
}
