import { Table, type TableColumn } from '@backstage/core-components';
import type { RagLineage } from '@promptside/backstage-plugin-genai-common';
import {
  StateChip,
  tableOptions,
} from '@promptside/backstage-plugin-genai-react';
import { LINEAGE_KINDS } from '../words';

interface Row {
  id: string;
  from: string;
  to: string;
  state: RagLineage['state'];
  message: string;
}

const COLUMNS: TableColumn<Row>[] = [
  { title: 'From', field: 'from' },
  { title: 'To', field: 'to' },
  {
    title: 'State',
    field: 'state',
    render: ({ state }) => <StateChip state={state} />,
  },
  { title: 'Why', field: 'message' },
];

/** Every connection of the chain with its state and reason. */
export function LineageTable({ lineage }: { lineage: RagLineage }) {
  const named = new Map(
    lineage.nodes.map(({ id, kind, title, detail }) => [
      id,
      [`${LINEAGE_KINDS[kind]} ${title}`, detail].filter(Boolean).join(', '),
    ]),
  );
  return (
    <Table<Row>
      title="Connections"
      columns={COLUMNS}
      data={lineage.edges.map(({ from, to, state, message, reason }) => ({
        id: `${from} ${to}`,
        from: named.get(from) ?? from,
        to: named.get(to) ?? to,
        state,
        message: message ?? reason ?? '',
      }))}
      options={{ ...tableOptions(lineage.edges.length), search: false }}
    />
  );
}
