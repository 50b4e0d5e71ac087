import {
  Content,
  Link,
  Table,
  type TableColumn,
} from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import StorageIcon from '@material-ui/icons/Storage';
import {
  genaiVectorStoreReadPermission,
  type ClusterStatus,
  type VectorStore,
  type VectorStoresResponse,
} from '@promptside/backstage-plugin-genai-common';
import {
  BreakableText,
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
import { Route, Routes } from 'react-router-dom';
import { storeRouteRef } from '../routes';
import {
  describeBackup,
  describeStorage,
  ENGINE_NAMES,
  SOURCE_OF_STATES,
} from '../words';
import { PersistenceLabel } from './PersistenceLabel';
import { useStorePath } from './useStorePath';
import {
  STORE_FILTER_KEYS,
  VectorStoreFilterBar,
} from './VectorStoreFilterBar';
import { VectorStorePage } from './VectorStorePage';

/** As many as the backend gives at once; more than a person reads. */
const LIMIT = 500;

interface Row extends VectorStore {
  id: string;
  clusterTitle: string;
}

/** The worst first. */
const STATES: readonly VectorStore['state'][] = [
  'Down',
  'Degraded',
  'Unknown',
  'Healthy',
];

const columnsOf = (
  clusters: readonly ClusterStatus[],
  pathOf: (row: Row) => string,
): TableColumn<Row>[] => [
  {
    title: 'State',
    field: 'state',
    defaultSort: 'asc',
    customSort: (left, right) =>
      STATES.indexOf(left.state) - STATES.indexOf(right.state) ||
      (left.name < right.name ? -1 : 1),
    render: row => (
      <StateChip state={row.state} hint={row.message ?? row.reason} />
    ),
  },
  {
    title: 'Name',
    field: 'name',
    highlight: true,
    render: row => (
      <>
        <Link to={pathOf(row)}>
          <BreakableText text={row.name} />
        </Link>
        <Typography variant="body2" color="textSecondary">
          <BreakableText text={row.namespace} />
        </Typography>
      </>
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
    render: row => (
      <>
        {describeStorage(row)}
        <Typography component="div" variant="body2" color="textSecondary">
          <PersistenceLabel persistence={row.persistence} />
        </Typography>
      </>
    ),
  },
  {
    title: 'Backup',
    field: 'backup.lastSucceededAt',
    render: row => describeBackup(row.backup) ?? '',
  },
  {
    title: 'Collections',
    field: 'collectionCount',
    ...numericColumn,
    render: row =>
      row.collectionCount === undefined
        ? 'Unknown'
        : formatCount(row.collectionCount),
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

/** Every vector store of every cluster, and the page of each. Without page shell, which the frontend system provides. */
export function VectorStoresPage() {
  return (
    <Content>
      <Routes>
        <Route path={storeRouteRef.path} element={<VectorStorePage />} />
        <Route path="*" element={<VectorStoreList />} />
      </Routes>
    </Content>
  );
}

function VectorStoreList() {
  const api = useGenaiApi();
  const stores = useLiveResource(
    signal => api.getVectorStores({ limit: LIMIT }, { signal }),
    [api],
    { topics: ['vector-stores', 'clusters'] },
  );
  return (
    <PageState
      resource={stores}
      what="Vector stores"
      permission={genaiVectorStoreReadPermission.name}
      needs={['pods', 'statefulsets.apps']}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <StatePanel icon={<StorageIcon />} title="No vector store runs">
          Chroma, pgvector on CloudNativePG, Milvus, Qdrant and Weaviate show up
          here as soon as one runs on a cluster, whichever way it got there.
        </StatePanel>
      }
    >
      {value => <VectorStores answer={value} />}
    </PageState>
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
  const pathOf = useStorePath();
  const columns = useMemo(
    () => columnsOf(clusters, pathOf),
    [clusters, pathOf],
  );
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
