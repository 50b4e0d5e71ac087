import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ResourceEntity,
} from '@backstage/catalog-model';
import {
  ANNOTATIONS,
  ENTITY_TYPES,
  KUBERNETES_ANNOTATIONS,
  type VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import { discoveredEntityName } from '@promptside/backstage-plugin-genai-node';
import { storeLocation } from './serverLocation';
import type { EntityDefaults } from './toEntities';

/** The Resource of a vector store that names no entity itself. Nothing in it changes while the store lives. */
export function toStoreEntity(
  store: VectorStore,
  { defaultOwner }: EntityDefaults,
): ResourceEntity {
  const { cluster, namespace, name, kind, engine } = store;
  const location = storeLocation(store);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: discoveredEntityName(store),
      namespace: 'default',
      title: name,
      description: `Vector store ${kind} ${name} in namespace ${namespace} of cluster ${cluster}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATIONS.cluster]: cluster,
        [ANNOTATIONS.namespace]: namespace,
        [ANNOTATIONS.vectorStore]: name,
        [KUBERNETES_ANNOTATIONS.cluster]: cluster,
        [KUBERNETES_ANNOTATIONS.namespace]: namespace,
      },
      tags: ['genai', 'discovered', engine],
    },
    spec: {
      type: ENTITY_TYPES.vectorStore,
      owner: store.owner ?? defaultOwner,
    },
  };
}
