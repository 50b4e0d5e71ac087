import type { Entity } from '@backstage/catalog-model';
import type { FilterPredicate } from '@backstage/filter-predicates';
import {
  ANNOTATIONS,
  ENTITY_TYPES,
} from '@promptside/backstage-plugin-genai-common';

const BY_MODEL_SERVER =
  `metadata.annotations.${ANNOTATIONS.modelServer}` as const;

/** Components that are model servers; the same rule as {@link isModelServer}, as data. */
export const modelServerFilter: FilterPredicate = {
  $all: [
    { kind: 'component' },
    {
      $any: [
        { 'spec.type': ENTITY_TYPES.modelServer },
        { [BY_MODEL_SERVER]: { $exists: true } },
      ],
    },
  ],
};

/**
 * Whether an entity is a model server: a Component of type `model-server` or one that names its workload. A
 * `backstage.io/kubernetes-id` alone says nothing about models, so that other services do not get an empty card.
 * For `EntitySwitch.Case` of the old frontend system.
 *
 * @public
 */
export function isModelServer(entity: Entity): boolean {
  return (
    entity.kind.toLowerCase() === 'component' &&
    (entity.spec?.type === ENTITY_TYPES.modelServer ||
      entity.metadata.annotations?.[ANNOTATIONS.modelServer] !== undefined)
  );
}
