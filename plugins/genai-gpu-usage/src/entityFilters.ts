import type { Entity } from '@backstage/catalog-model';
import type { FilterPredicate } from '@backstage/filter-predicates';
import {
  ANNOTATIONS,
  ENTITY_TYPES,
  KUBERNETES_ANNOTATIONS,
} from '@promptside/backstage-plugin-genai-common';

const BY_KUBERNETES_ID =
  `metadata.annotations.${KUBERNETES_ANNOTATIONS.id}` as const;
const BY_MODEL_SERVER =
  `metadata.annotations.${ANNOTATIONS.modelServer}` as const;

/** Components whose workloads the backend can find; the same rule as {@link isGpuComponent}, as data. */
export const gpuComponentFilter: FilterPredicate = {
  $all: [
    { kind: 'component' },
    {
      $any: [
        { 'spec.type': ENTITY_TYPES.modelServer },
        { [BY_KUBERNETES_ID]: { $exists: true } },
        { [BY_MODEL_SERVER]: { $exists: true } },
      ],
    },
  ],
};

/**
 * Whether the card "GPUs" can say something about an entity: a Component that is a model server or tells its
 * `backstage.io/kubernetes-id`. For `EntitySwitch.Case` of the old frontend system.
 *
 * @public
 */
export function isGpuComponent(entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  return (
    entity.kind.toLowerCase() === 'component' &&
    (entity.spec?.type === ENTITY_TYPES.modelServer ||
      annotations[KUBERNETES_ANNOTATIONS.id] !== undefined ||
      annotations[ANNOTATIONS.modelServer] !== undefined)
  );
}
