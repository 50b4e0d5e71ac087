import { Content, Table, type TableColumn } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import StorageIcon from '@material-ui/icons/Storage';
import {
  genaiVectorStoreReadPermission,
  type ClusterStatus,
  type VectorStore,
  type VectorStoresResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  CopyableText,
  EntityLink,
  formatCount,
  matchesSearch,
  noMatch,
  numericColumn,
  PageState,
  StateChip,
  StatePanel,
  tableOptions,
  useGenaiApi,
  useLiveResource,
  useUrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import { useMemo } from 'react';
import { describeStorage, ENGINE_NAMES, SOURCE_OF_STATES } from '../words';
import { PersistenceLabel } from './PersistenceLabel';
import {
  STORE_FILTER_KEYS,
  VectorStoreFilterBar,
} from './VectorStoreFilterBar';

/** As many as the backend gives at once; more than a person reads. */
const LIMIT = 500;

interface Row extends VectorStore {
  id: string;
  clusterTitle: string;
}

const columnsOf = (clusters: readonly ClusterStatus[]): TableColumn<Row>[] => [
  {
    title: 'Name',
    field: 'name',
    highlight: true,
    defaultSort: 'asc',
    render: row => (
      <>
        {row.entityRef ? <EntityLink entityRef={row.entityRef} /> : row.name}
        <Typography variant="body2" color="textSecondary">
          {row.namespace}
        </Typography>
      </>
    ),
  },
  {
    title: 'State',
    field: 'state',
    render: row => (
      <StateChip state={row.state} hint={row.message ?? row.reason} />
    ),
  },
  {
    title: 'Engine',
    field: 'engine',
    render: row =>
      [ENGINE_NAMES[row.engine], row.version].filter(Boolean).join(' '),
  },
  {
    title: 'Ready',
    field: 'replicas.ready',
    ...numericColumn,
    render: row => `${row.replicas.ready} of ${row.replicas.desired}`,
  },
  {
    title: 'Storage',
    field: 'storageBytes',
    ...numericColumn,
    render: describeStorage,
  },
  {
    title: 'Persistence',
    field: 'persistence',
    render: row => <PersistenceLabel persistence={row.persistence} />,
  },
  { title: 'Cluster', field: 'clusterTitle', hidden: clusters.length < 2 },
  {
    title: 'Team',
    field: 'owner',
    render: row => row.owner && <EntityLink entityRef={row.owner} />,
  },
  {
    title: 'Endpoint',
    field: 'endpoint',
    render: row =>
      row.endpoint && (
        <CopyableText
          short
          text={row.endpoint}
          label={`Copy the endpoint of ${row.name}`}
        />
      ),
  },
];

/** Every vector store of every cluster, as the Kubernetes API tells of it. */
export function VectorStoresPage() {
  const api = useGenaiApi();
  const stores = useLiveResource(
    signal => api.getVectorStores({ limit: LIMIT }, { signal }),
    [api],
    { topics: ['vector-stores', 'clusters'] },
  );
  return (
    <Content>
      <PageState
        resource={stores}
        what="Vector stores"
        permission={genaiVectorStoreReadPermission.name}
        needs={['pods', 'statefulsets.apps']}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <StatePanel icon={<StorageIcon />} title="No vector store runs">
            Chroma, pgvector on CloudNativePG, Milvus, Qdrant and Weaviate show
            up here as soon as one runs on a cluster, whichever way it got
            there.
          </StatePanel>
        }
      >
        {value => <VectorStores answer={value} />}
      </PageState>
    </Content>
  );
}

function VectorStores({ answer }: { answer: VectorStoresResponse }) {
  const { items, clusters, totalCount } = answer;
  const [filters, setFilters] = useUrlFilters(STORE_FILTER_KEYS);
  const { cluster, engine, state, team, q } = filters;
  const rows = items
    .filter(
      store =>
        (!cluster || store.cluster === cluster) &&
        (!engine || store.engine === engine) &&
        (!state || store.state === state) &&
        (!team || store.owner === team) &&
        matchesSearch(q, [store.name, store.namespace, store.entityRef]),
    )
    .map<Row>(store => ({
      ...store,
      id: store.uid,
      clusterTitle: clusterTitle(clusters, store.cluster),
    }));
  const columns = useMemo(() => columnsOf(clusters), [clusters]);
  const part =
    totalCount > items.length
      ? `Of the first ${formatCount(items.length)} of ${formatCount(totalCount)}. `
      : '';
  return (
    <>
      <VectorStoreFilterBar
        answer={answer}
        filters={filters}
        onChange={setFilters}
      />
      <Table<Row>
        title={`Vector stores (${formatCount(rows.length)})`}
        subtitle={`${part}${SOURCE_OF_STATES}`}
        columns={columns}
        data={rows}
        options={tableOptions(rows.length)}
        emptyContent={noMatch}
      />
    </>
  );
}
