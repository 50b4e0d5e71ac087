import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import type {
  ClusterStatus,
  VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  CopyableText,
  EvidenceList,
  FactList,
  StateChip,
} from '@promptside/backstage-plugin-genai-react';
import {
  describeBackup,
  describeProbe,
  describeStorage,
  ENGINE_NAMES,
  SOURCE_OF_STATES,
} from '../words';
import { EntityStores } from './EntityStores';
import { PersistenceLabel } from './PersistenceLabel';

/** Card "Vector store": state and reason, engine, replicas, storage and whether it outlives the pods. */
export function EntityVectorStoreCard() {
  return (
    <EntityInfoCard title="Vector store">
      <EntityStores dense>
        {({ items, clusters }) => (
          <>
            {items.map(store => (
              <StoreStatus key={store.uid} store={store} clusters={clusters} />
            ))}
            <Typography variant="caption" color="textSecondary">
              {SOURCE_OF_STATES}
            </Typography>
          </>
        )}
      </EntityStores>
    </EntityInfoCard>
  );
}

interface StoreStatusProps {
  store: VectorStore;
  clusters: readonly ClusterStatus[];
}

function StoreStatus({ store, clusters }: StoreStatusProps) {
  const { endpoint, replicas } = store;
  return (
    <>
      <StateChip state={store.state} />
      {(store.message ?? store.reason) && (
        <Typography variant="body2">{store.message ?? store.reason}</Typography>
      )}
      <FactList
        facts={[
          [
            'Engine',
            [ENGINE_NAMES[store.engine], store.version]
              .filter(Boolean)
              .join(' '),
          ],
          [
            'Endpoint',
            endpoint && (
              <CopyableText text={endpoint} label="Copy the endpoint" />
            ),
          ],
          ['Replicas', `${replicas.ready} of ${replicas.desired} ready`],
          ['Storage', describeStorage(store)],
          ['Last backup', describeBackup(store.backup)],
          ['Probe', store.probe && describeProbe(store.probe)],
          ['Collections', store.collectionCount],
          [
            'Persistence',
            <PersistenceLabel
              key="persistence"
              persistence={store.persistence}
            />,
          ],
          [
            'Runs on',
            `${clusterTitle(clusters, store.cluster)}, namespace ${store.namespace}`,
          ],
          ['Workload', `${store.kind} ${store.name}`],
        ]}
      />
      {store.state !== 'Healthy' && <EvidenceList evidence={store.evidence} />}
    </>
  );
}
