import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  GpuAllocation,
  GpuNode,
  GpuNodePool,
} from '@promptside/backstage-plugin-genai-common';
import {
  CountBar,
  EntityLink,
  formatAge,
  formatBytes,
  formatCount,
  formatDevice,
  SHARING_NAMES,
  StateChip,
  VENDOR_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import { podState } from '../../summary/podState';
import { TreeBranch, TreeLeaf, TreeList } from './TreeRow';

const useStyles = makeStyles(theme => ({
  pool: { display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) },
  bar: { width: 96 },
  secondary: { color: theme.palette.text.secondary },
}));

/** A node with its kinds of devices and the pods that hold them. */
export function NodeRow({ node, team }: { node: GpuNode; team?: string }) {
  const classes = useStyles();
  const allocations = (node.allocations ?? []).filter(
    ({ owner }) => !team || owner === team,
  );
  return (
    <TreeBranch
      name={node.name}
      details={
        <>
          <StateChip state={node.state} hint={node.reason} />
          {node.pools.map(pool => (
            <PoolCounts key={pool.resource} pool={pool} named />
          ))}
        </>
      }
    >
      <TreeList>
        {node.pools.map(pool => (
          <TreeBranch
            key={pool.resource}
            defaultExpanded
            name={`${VENDOR_NAMES[pool.vendor]} ${formatDevice(pool)}`}
            details={
              <>
                <PoolCounts pool={pool} />
                <span className={classes.secondary}>{describePool(pool)}</span>
              </>
            }
          >
            <PoolPods
              team={team}
              pods={allocations.filter(
                ({ resource }) => resource === pool.resource,
              )}
              pool={pool}
            />
          </TreeBranch>
        ))}
        <TreeLeaf
          name={<span className={classes.secondary}>About the node</span>}
          details={
            <span className={classes.secondary}>{describeNode(node)}</span>
          }
        />
      </TreeList>
    </TreeBranch>
  );
}

function PoolPods({
  pods,
  pool,
  team,
}: {
  pods: readonly GpuAllocation[];
  pool: GpuNodePool;
  team?: string;
}) {
  const classes = useStyles();
  if (pods.length === 0) {
    return (
      <TreeList>
        <TreeLeaf
          name={
            <Typography variant="body2" color="textSecondary">
              {pool.counts.allocated === 0 ? 'No pod holds any' : noPods(team)}
            </Typography>
          }
        />
      </TreeList>
    );
  }
  return (
    <TreeList>
      {pods.map(pod => (
        <TreeLeaf
          key={pod.podUid}
          name={
            <>
              {pod.pod}{' '}
              <span className={classes.secondary}>in {pod.namespace}</span>
            </>
          }
          details={
            <>
              <span>{formatCount(pod.count)} ×</span>
              <StateChip
                state={podState(pod)}
                hint={pod.message ?? pod.reason}
              />
              {pod.entityRef ? (
                <EntityLink entityRef={pod.entityRef} />
              ) : (
                <span className={classes.secondary}>
                  {pod.workload.kind} {pod.workload.name}
                </span>
              )}
              {pod.owner && (
                <span>
                  <span className={classes.secondary}>Team </span>
                  <EntityLink entityRef={pod.owner} />
                </span>
              )}
              {pod.since && (
                <span className={classes.secondary}>
                  for {formatAge(pod.since)}
                </span>
              )}
            </>
          }
        />
      ))}
    </TreeList>
  );
}

function noPods(team: string | undefined): string {
  return team
    ? 'No pod of this team holds any'
    : 'The pods that hold them are not known';
}

function PoolCounts({ pool, named }: { pool: GpuNodePool; named?: boolean }) {
  const classes = useStyles();
  const { counts } = pool;
  const device = formatDevice(pool);
  return (
    <span className={classes.pool}>
      <span className={classes.bar}>
        <CountBar counts={counts} what={device} />
      </span>
      <span>
        {formatCount(counts.free)} of {formatCount(counts.capacity)} free
        {counts.unhealthy > 0 && `, ${formatCount(counts.unhealthy)} unhealthy`}
      </span>
      {named && <span className={classes.secondary}>{device}</span>}
    </span>
  );
}

function describePool(pool: GpuNodePool): string {
  return [
    SHARING_NAMES[pool.sharing],
    formatBytes(pool.memoryBytes),
    pool.replicas && `${pool.replicas} slots a GPU`,
    pool.resource,
  ]
    .filter(Boolean)
    .join(' · ');
}

function describeNode(node: GpuNode): string {
  const taints = node.taints.map(
    ({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`,
  );
  return [
    node.driverVersion && `Driver ${node.driverVersion}`,
    node.kubeletVersion && `kubelet ${node.kubeletVersion}`,
    taints.length > 0 ? `Taints ${taints.join(', ')}` : 'No taints',
  ]
    .filter(Boolean)
    .join(' · ');
}
