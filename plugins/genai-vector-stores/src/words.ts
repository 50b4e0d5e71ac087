import type {
  VectorStore,
  VectorStoreEngine,
} from '@promptside/backstage-plugin-genai-common';
import { formatBytes } from '@promptside/backstage-plugin-genai-react';

/** How an engine writes its own name. */
export const ENGINE_NAMES: Record<VectorStoreEngine, string> = {
  chroma: 'Chroma',
  pgvector: 'pgvector',
  milvus: 'Milvus',
  qdrant: 'Qdrant',
  weaviate: 'Weaviate',
};

/** What the states are founded on, for a person. */
export const SOURCE_OF_STATES =
  'States come from the Kubernetes API alone: workloads, pods, claims and operators. Whether a store answers queries is not probed.';

/** Size of the claims; a store without one, or whose claims are not known, has no size. */
export function describeStorage(
  store: Pick<VectorStore, 'storageBytes' | 'persistence'>,
): string {
  if (store.persistence === 'Ephemeral') return 'None';
  return formatBytes(store.storageBytes) ?? 'Unknown';
}
