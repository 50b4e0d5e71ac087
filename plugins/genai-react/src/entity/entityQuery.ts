import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { KUBERNETES_ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';

/**
 * How the backend finds the workloads of a catalog entity: those that name the entity, and those that carry its
 * `backstage.io/kubernetes-id`.
 *
 * @public
 */
export interface EntityQuery {
  entityRef: string;
  kubernetesId?: string;
}

/** @public */
export function entityQueryOf(entity: Entity): EntityQuery {
  return {
    entityRef: stringifyEntityRef(entity).toLocaleLowerCase('en-US'),
    kubernetesId: entity.metadata.annotations?.[KUBERNETES_ANNOTATIONS.id],
  };
}
