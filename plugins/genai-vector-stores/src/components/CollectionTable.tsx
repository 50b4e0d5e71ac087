import { Table, type TableColumn } from '@backstage/core-components';
import type {
  StoreCollection,
  VectorStoreHealth,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatCount,
  numericColumn,
  tableOptions,
} from '@promptside/backstage-plugin-genai-react';
import { describeIndex } from '../words';

type Row = StoreCollection & { id: string };

const COLUMNS: TableColumn<Row>[] = [
  {
    title: 'Collection',
    field: 'name',
    highlight: true,
    defaultSort: 'asc',
    // tables of services have long names
    width: '28%',
  },
  {
    title: 'Dimension',
    field: 'dimension',
    ...numericColumn,
    render: ({ dimension }) =>
      dimension === undefined ? 'Unknown' : formatCount(dimension),
  },
  {
    title: 'Metric',
    field: 'metric',
    render: ({ metric }) => metric ?? 'Unknown',
  },
  {
    title: 'Vectors',
    field: 'count.value',
    ...numericColumn,
    render: ({ count }) =>
      count === undefined
        ? 'Unknown'
        : `${count.grade === 'estimated' ? '≈ ' : ''}${formatCount(count.value)}`,
  },
  {
    title: 'Index',
    field: 'indexState',
    render: ({ indexState, indexKind, message, loaded }) =>
      [
        describeIndex(indexState),
        indexKind,
        loaded === false && 'not loaded',
        message,
      ]
        .filter(Boolean)
        .join(', '),
  },
  {
    title: 'Embedding model',
    field: 'embeddingModel',
    render: ({ embeddingModel }) => embeddingModel ?? 'Unknown',
  },
];

const EMPTY = (
  <div style={{ padding: 16 }}>No collection is known of this store.</div>
);

/** Collections of a store with dimension, metric, vectors and index. */
export function CollectionTable({ health }: { health: VectorStoreHealth }) {
  const { collections, collectionCount } = health;
  const rows = collections.map(row => ({ ...row, id: row.name }));
  const shown =
    collectionCount !== undefined && collectionCount > rows.length
      ? `${formatCount(rows.length)} of ${formatCount(collectionCount)}`
      : formatCount(rows.length);
  return (
    <Table<Row>
      title={`Collections (${shown})`}
      columns={COLUMNS}
      data={rows}
      options={tableOptions(rows.length)}
      emptyContent={EMPTY}
    />
  );
}
