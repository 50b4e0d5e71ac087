import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { genaiModelServerReadPermission } from '@promptside/backstage-plugin-genai-common';
import {
  entityQueryOf,
  PageState,
  StatePanel,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { ModelServerStatus } from './ModelServerStatus';

/** Card "Model server": whether it serves, why not, where it is reached, with which model on what. */
export function EntityModelServerCard() {
  const { entity } = useEntity();
  const { entityRef, kubernetesId } = entityQueryOf(entity);
  const api = useGenaiApi();
  const servers = useLiveResource(
    signal =>
      api.getModelServers({ entityRef, kubernetesId, limit: 20 }, { signal }),
    [api, entityRef, kubernetesId],
    { topics: ['model-servers'] },
  );
  return (
    <EntityInfoCard title="Model server">
      <PageState
        resource={servers}
        what="Model server"
        permission={genaiModelServerReadPermission.name}
        needs={['pods', 'deployments.apps']}
        dense
        isEmpty={({ items }) => items.length === 0}
        empty={
          <StatePanel dense title="Not on any cluster">
            No workload names this component. Either its manifests are not
            applied yet, or they carry neither{' '}
            <code>promptside.io/entity-ref</code> nor the label{' '}
            <code>backstage.io/kubernetes-id</code> of this component.
          </StatePanel>
        }
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
