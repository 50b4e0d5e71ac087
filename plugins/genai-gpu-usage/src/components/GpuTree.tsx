import Paper from '@material-ui/core/Paper';
import type { ClusterStatus } from '@promptside/backstage-plugin-genai-common';
import { StateChip } from '@promptside/backstage-plugin-genai-react';
import type { GpuFilters } from '../filters';
import { NodeList } from './tree/NodeList';
import { TreeBranch, TreeList } from './tree/TreeRow';

/** With more clusters than this all are closed at first: an open one loads its nodes. */
const OPEN_AT_FIRST = 3;

interface GpuTreeProps {
  filters: GpuFilters;
  clusters: readonly ClusterStatus[];
}

/** Cluster, node, kind of device, pod, entity. The nodes of a cluster are loaded when it is opened. */
export function GpuTree({ filters, clusters }: GpuTreeProps) {
  const visible = clusters.filter(
    ({ name }) => !filters.cluster || name === filters.cluster,
  );
  return (
    <Paper variant="outlined">
      <TreeList label="GPUs by cluster and node">
        {visible.map(({ name, title, state }) => (
          <TreeBranch
            key={name}
            name={title ?? name}
            details={<StateChip state={state} />}
            defaultExpanded={visible.length <= OPEN_AT_FIRST}
          >
            <NodeList
              // Other filters start again from the first page.
              key={JSON.stringify({ ...filters, view: undefined })}
              cluster={name}
              filters={filters}
            />
          </TreeBranch>
        ))}
      </TreeList>
    </Paper>
  );
}
