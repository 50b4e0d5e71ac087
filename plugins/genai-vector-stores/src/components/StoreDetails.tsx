import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import {
  genaiVectorStoreReadPermission,
  type VectorStoreDetail,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  CopyableText,
  EntityLink,
  EvidenceList,
  FactList,
  formatAge,
  PageState,
  StateChip,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import type { ReactNode } from 'react';
import { describeIndex, describeProbe, ENGINE_NAMES } from '../words';
import { CheckList } from './CheckList';
import { CollectionTable } from './CollectionTable';
import { StorageCard } from './StorageCard';
import { TrendCard } from './trend/TrendCard';

/** Probes answer without an event of the cluster; their hint may be missed. */
const POLL_MS = 15_000;

interface StoreDetailsProps {
  cluster: string;
  namespace: string;
  name: string;
  /** Shown when there is no such store. */
  missing?: ReactNode;
}

/** One vector store: state with every check, storage and backup, collections. */
export function StoreDetails(props: StoreDetailsProps) {
  const { cluster, namespace, name, missing } = props;
  const api = useGenaiApi();
  const detail = useLiveResource(
    signal => api.getVectorStore({ cluster, namespace, name }, { signal }),
    [api, cluster, namespace, name],
    { topics: ['vector-stores'], pollMs: POLL_MS },
  );
  const { value, error } = detail;
  if (!value && error && isNotFound(error) && missing) return <>{missing}</>;
  return (
    <PageState
      resource={detail}
      what="Vector store"
      permission={genaiVectorStoreReadPermission.name}
      isEmpty={() => false}
      empty={null}
    >
      {answer => (
        <Grid container spacing={3}>
          <Grid item xs={12} md={5}>
            <Grid container spacing={3}>
              <Grid item xs={12}>
                <StateCard detail={answer} />
              </Grid>
              <Grid item xs={12}>
                <StorageCard detail={answer} />
              </Grid>
            </Grid>
          </Grid>
          <Grid item xs={12} md={7}>
            <EntityInfoCard title="Checks">
              <CheckList checks={answer.health.checks} />
            </EntityInfoCard>
          </Grid>
          <Grid item xs={12}>
            <TrendCard cluster={cluster} namespace={namespace} name={name} />
          </Grid>
          <Grid item xs={12}>
            <CollectionTable health={answer.health} />
          </Grid>
        </Grid>
      )}
    </PageState>
  );
}

/** The backend has no such store; a 404 without its words is a backend without the plugin. */
function isNotFound(error: Error): boolean {
  const { cause } = error as { cause?: { name?: unknown } };
  return cause?.name === 'NotFoundError';
}

function StateCard({ detail }: { detail: VectorStoreDetail }) {
  const { item, health, clusters, events } = detail;
  const { endpoint, entityRef, owner, replicas } = item;
  const { primary, probe } = health;
  return (
    <EntityInfoCard title="State">
      <StateChip state={health.state} />
      {(item.message ?? item.reason) && (
        <Typography variant="body2">{item.message ?? item.reason}</Typography>
      )}
      <FactList
        facts={[
          [
            'Engine',
            [ENGINE_NAMES[item.engine], item.version].filter(Boolean).join(' '),
          ],
          ['Says of itself', health.reportedVersion],
          [
            'Endpoint',
            endpoint && (
              <CopyableText text={endpoint} label="Copy the endpoint" />
            ),
          ],
          ['Replicas', `${replicas.ready} of ${replicas.desired} ready`],
          [
            'Primary',
            primary &&
              [
                primary.name,
                primary.target && `handing over to ${primary.target}`,
                primary.since && `since ${formatAge(primary.since)}`,
              ]
                .filter(Boolean)
                .join(', '),
          ],
          ['Index', describeIndex(health.indexState)],
          [
            'Probe',
            [
              describeProbe(probe),
              probe.checkedAt && `${formatAge(probe.checkedAt)} ago`,
            ]
              .filter(Boolean)
              .join(', '),
          ],
          [
            'Runs on',
            `${clusterTitle(clusters, item.cluster)}, namespace ${item.namespace}`,
          ],
          ['Workload', `${item.kind} ${item.name}`],
          ['Entity', entityRef && <EntityLink entityRef={entityRef} />],
          ['Team', owner && <EntityLink entityRef={owner} />],
        ]}
      />
      {health.state !== 'Healthy' && (
        <EvidenceList evidence={[...item.evidence, ...events].slice(0, 8)} />
      )}
    </EntityInfoCard>
  );
}
