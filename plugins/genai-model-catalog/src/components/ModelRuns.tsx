import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  genaiModelServerReadPermission,
  type ClusterStatus,
  type Model,
  type ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  CopyableText,
  EntityLink,
  PageState,
  quietColor,
  StateChip,
  StatePanel,
} from '@promptside/backstage-plugin-genai-react';
import { SERVER_NEEDS, serves } from '../runningServers';
import { describeGpus, runtimeName } from '../words';
import { useModelServers } from './useModelServers';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    fontSize: theme.typography.body2.fontSize,
    padding: theme.spacing(1, 0),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 2),
    fontWeight: 'bold',
  },
  quiet: { color: quietColor(theme), overflowWrap: 'anywhere' },
}));

/** Model servers that hold this model now, on whichever cluster. */
export function ModelRuns({ model }: { model: Model }) {
  const classes = useStyles();
  const servers = useModelServers();
  return (
    <EntityInfoCard title="Runs now">
      <PageState
        dense
        resource={servers}
        what="Model servers"
        permission={genaiModelServerReadPermission.name}
        needs={SERVER_NEEDS}
        isEmpty={({ items }) => !items.some(server => serves(server, model))}
        empty={
          <StatePanel dense title="Nowhere">
            No model server on the clusters runs it.
          </StatePanel>
        }
      >
        {({ items, clusters }) => (
          <ul className={classes.list}>
            {items
              .filter(server => serves(server, model))
              .map(server => (
                <Run key={server.uid} server={server} clusters={clusters} />
              ))}
          </ul>
        )}
      </PageState>
    </EntityInfoCard>
  );
}

function Run(props: {
  server: ModelServer;
  clusters: readonly ClusterStatus[];
}) {
  const { server, clusters } = props;
  const { name, namespace, entityRef, replicas, endpoint } = server;
  const classes = useStyles();
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        {entityRef ? <EntityLink entityRef={entityRef} /> : name}
        <StateChip
          state={server.state}
          hint={server.message ?? server.reason}
        />
      </div>
      <div className={classes.quiet}>
        {[
          `${clusterTitle(clusters, server.cluster)}, namespace ${namespace}`,
          runtimeName(server),
          `${replicas.ready} of ${replicas.desired} ready`,
          describeGpus(server),
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {endpoint && (
        <CopyableText
          text={endpoint.url}
          label={`Copy the endpoint of ${name}`}
        />
      )}
    </li>
  );
}
