import type { Entity } from '@backstage/catalog-model';
import type { FilterPredicate } from '@backstage/filter-predicates';
import { ENTITY_TYPES } from '@promptside/backstage-plugin-genai-common';

/** Resources that are vector stores; the same rule as {@link isVectorStore}, as data. */
export const vectorStoreFilter: FilterPredicate = {
  kind: 'resource',
  'spec.type': ENTITY_TYPES.vectorStore,
};

/**
 * Whether an entity is a vector store: a Resource of type `vector-store`. For `EntitySwitch.Case` of the old frontend
 * system.
 *
 * @public
 */
export function isVectorStore(entity: Entity): boolean {
  return (
    entity.kind.toLowerCase() === 'resource' &&
    entity.spec?.type === ENTITY_TYPES.vectorStore
  );
}

/** Components that are RAG services; the same rule as {@link isRagService}, as data. */
export const ragServiceFilter: FilterPredicate = {
  kind: 'component',
  'spec.type': ENTITY_TYPES.ragService,
};

/**
 * Whether an entity is a RAG service: a Component of type `rag-service`. For `EntitySwitch.Case` of the old frontend system.
 *
 * @public
 */
export function isRagService(entity: Entity): boolean {
  return (
    entity.kind.toLowerCase() === 'component' &&
    entity.spec?.type === ENTITY_TYPES.ragService
  );
}
