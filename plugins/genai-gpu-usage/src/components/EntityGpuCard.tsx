import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { genaiGpuReadPermission } from '@promptside/backstage-plugin-genai-common';
import {
  entityQueryOf,
  PageState,
  StatePanel,
  useGenaiApi,
  useLiveResource,
} from '@promptside/backstage-plugin-genai-react';
import { rootRouteRef } from '../routes';
import { GpuHolders } from './GpuHolders';

/** Pods that the card names; of all others it tells the sums. */
const SHOWN = 5;

/** Card "GPUs" of a Component: which pods hold how many of which kind, where, and since when. */
export function EntityGpuCard() {
  const { entity } = useEntity();
  const { entityRef, kubernetesId } = entityQueryOf(entity);
  const api = useGenaiApi();
  const page = useRouteRef(rootRouteRef);
  const allocations = useLiveResource(
    signal =>
      api.getGpuAllocations(
        { entityRef, kubernetesId, limit: SHOWN },
        { signal },
      ),
    [api, entityRef, kubernetesId],
    { topics: ['gpus'] },
  );
  return (
    <EntityInfoCard
      title="GPUs"
      footerActions={
        <LinkButton
          to={`${page()}?view=allocations&q=${encodeURIComponent(entity.metadata.name)}`}
          color="primary"
        >
          Open GPU usage
        </LinkButton>
      }
    >
      <PageState
        resource={allocations}
        what="GPUs of this component"
        permission={genaiGpuReadPermission.name}
        needs={['pods']}
        dense
        isEmpty={({ items }) => items.length === 0}
        empty={
          <StatePanel dense title="No GPUs in use">
            No pod of this component holds or waits for a GPU.
          </StatePanel>
        }
      >
        {({ items, totals = [], totalCount }) => (
          <GpuHolders items={items} totals={totals} totalCount={totalCount} />
        )}
      </PageState>
    </EntityInfoCard>
  );
}
