import Chip from '@material-ui/core/Chip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import LiveIcon from '@material-ui/icons/FiberManualRecord';
import SimulatedIcon from '@material-ui/icons/Memory';
import Alert from '@material-ui/lab/Alert';
import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';
import { formatQuantity } from '../format/formatCount';
import { describeError } from '../state/requestFault';
import { quietColor } from '../view/quietColor';
import { describeCluster } from './describeCluster';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(2),
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  live: {
    color: quietColor(theme),
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
  },
  dot: {
    fontSize: '0.75rem',
    color:
      theme.palette.type === 'dark'
        ? theme.palette.success.light
        : theme.palette.success.dark,
  },
  chip: { margin: 0 },
}));

/** @public */
export interface FreshnessBannerProps {
  /** Coverage part of an answer. */
  clusters: readonly ClusterStatus[];
  /** When the page read it. */
  refreshedAt?: Date;
  /** The last request of the page failed; what is on screen is older. */
  error?: Error;
}

/**
 * Says which clusters an answer covers and how fresh it is: one quiet line while everything is live, and a notice with
 * the reason for each cluster that is stale, partly visible, being read or not covered. Marks simulated hardware.
 *
 * @public
 */
export function FreshnessBanner(props: FreshnessBannerProps) {
  const { clusters, refreshedAt, error } = props;
  const classes = useStyles();
  const live = clusters.filter(({ state }) => state === 'Live');
  const simulated = clusters.filter(cluster => cluster.simulated);
  const notices = clusters.flatMap(cluster => {
    const notice = describeCluster(cluster);
    return notice ? [{ name: cluster.name, ...notice }] : [];
  });
  const time = refreshedAt?.toLocaleTimeString();

  return (
    <div className={classes.root}>
      <div className={classes.line}>
        {live.length > 0 && !error && (
          <Typography variant="body2" component="span" className={classes.live}>
            <LiveIcon className={classes.dot} aria-hidden />
            Live from{' '}
            {clusters.length === 1
              ? (clusters[0].title ?? clusters[0].name)
              : `${live.length} of ${formatQuantity(clusters.length, 'cluster')}`}
            {time && ` · updated ${time}`}
          </Typography>
        )}
        {simulated.length > 0 && (
          <Chip
            size="small"
            variant="outlined"
            className={classes.chip}
            icon={<SimulatedIcon aria-hidden />}
            label={
              simulated.length === clusters.length
                ? 'Simulated hardware'
                : `Simulated hardware: ${simulated
                    .map(cluster => cluster.title ?? cluster.name)
                    .join(', ')}`
            }
          />
        )}
      </div>
      {error && (
        <Alert severity="warning" variant="outlined" role="status">
          Could not refresh{time && `; this is the state of ${time}`}:{' '}
          {describeError(error)}
        </Alert>
      )}
      {notices.map(({ name, severity, title, details }) => (
        <Alert key={name} severity={severity} variant="outlined" role="status">
          <strong>{title}</strong>
          {details.map(detail => (
            <div key={detail}>{detail}</div>
          ))}
        </Alert>
      ))}
    </div>
  );
}
