import {
  genaiModelServerReadPermission,
  type ClusterStatus,
  type ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  FilterBar,
  FilterSelect,
  PageState,
  useUrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import { SERVER_NEEDS } from '../runningServers';
import { ServerDetails } from './inference/ServerDetails';
import { NotOnAnyCluster } from './NotOnAnyCluster';
import { useEntityServers } from './useEntityServers';

const KEYS = ['server'] as const;

/** Tab "Inference" of a Component: state with its timeline, endpoint with calls to copy, engine metrics, a question. */
export function EntityInferenceContent() {
  const servers = useEntityServers();
  return (
    <PageState
      resource={servers}
      what="Model server"
      permission={genaiModelServerReadPermission.name}
      needs={SERVER_NEEDS}
      isEmpty={({ items }) => items.length === 0}
      empty={<NotOnAnyCluster />}
    >
      {({ items, clusters }) => <Servers items={items} clusters={clusters} />}
    </PageState>
  );
}

/** The chosen server; one component may run on several clusters. */
function Servers(props: {
  items: readonly ModelServer[];
  clusters: readonly ClusterStatus[];
}) {
  const { items, clusters } = props;
  const [filters, setFilters] = useUrlFilters(KEYS);
  const chosen = items.find(({ uid }) => uid === filters.server) ?? items[0];
  return (
    <>
      {items.length > 1 && (
        <FilterBar>
          <FilterSelect
            id="inference-server"
            label="Server"
            value={filters.server}
            allLabel={describe(items[0], clusters)}
            options={items.slice(1).map(server => ({
              value: server.uid,
              label: describe(server, clusters),
            }))}
            onChange={server => setFilters({ server })}
          />
        </FilterBar>
      )}
      <ServerDetails key={chosen.uid} server={chosen} />
    </>
  );
}

function describe(server: ModelServer, clusters: readonly ClusterStatus[]) {
  const { cluster, namespace, name } = server;
  return `${name}, ${clusterTitle(clusters, cluster)}, ${namespace}`;
}
