import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { genaiModelServerReadPermission } from '@promptside/backstage-plugin-genai-common';
import { PageState } from '@promptside/backstage-plugin-genai-react';
import { SERVER_NEEDS } from '../runningServers';
import { ModelServerStatus } from './ModelServerStatus';
import { NotOnAnyCluster } from './NotOnAnyCluster';
import { useEntityServers } from './useEntityServers';

/** Card "Model server": whether it serves, why not, where it is reached, with which model on what. */
export function EntityModelServerCard() {
  const servers = useEntityServers();
  return (
    <EntityInfoCard title="Model server">
      <PageState
        resource={servers}
        what="Model server"
        permission={genaiModelServerReadPermission.name}
        needs={SERVER_NEEDS}
        dense
        isEmpty={({ items }) => items.length === 0}
        empty={<NotOnAnyCluster />}
      >
        {({ items, clusters }) => (
          <>
            {items.map(server => (
              <ModelServerStatus
                key={server.uid}
                server={server}
                clusters={clusters}
              />
            ))}
          </>
        )}
      </PageState>
    </EntityInfoCard>
  );
}
