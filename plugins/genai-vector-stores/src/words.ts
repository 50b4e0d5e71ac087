import type {
  Check,
  GradedNumber,
  IndexState,
  LineageNodeKind,
  StoreBackup,
  StoreProbe,
  StoreStorage,
  VectorStore,
  VectorStoreEngine,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatAge,
  formatBytes,
} from '@promptside/backstage-plugin-genai-react';

/** How an engine writes its own name. */
export const ENGINE_NAMES: Record<VectorStoreEngine, string> = {
  chroma: 'Chroma',
  pgvector: 'pgvector',
  milvus: 'Milvus',
  qdrant: 'Qdrant',
  weaviate: 'Weaviate',
};

/** Parts of a RAG service's chain, for a person. */
export const LINEAGE_KINDS: Record<LineageNodeKind, string> = {
  RagService: 'RAG service',
  EmbeddingModel: 'Embedding model',
  Collection: 'Collection',
  VectorStore: 'Vector store',
  LanguageModel: 'Language model',
  Gpu: 'GPU',
};

/** What the states are founded on, for a person. */
export const SOURCE_OF_STATES =
  'States come from the Kubernetes API and, where the portal may ask, from the stores themselves.';

const INDEX_NAMES: Record<IndexState, string> = {
  Ready: 'Ready',
  Building: 'Being built',
  Invalid: 'Invalid',
  Missing: 'None',
  Unknown: 'Unknown',
};

/** State of an index, for a person. */
export function describeIndex(state: IndexState): string {
  return INDEX_NAMES[state];
}

/** Size of the claims; a store without one, or whose claims are not known, has no size. */
export function describeStorage(
  store: Pick<VectorStore, 'storageBytes' | 'persistence' | 'storage'>,
): string {
  if (store.persistence === 'Ephemeral') return 'None';
  const { sizeBytes, usedRatio } = store.storage ?? {};
  const size = formatBytes(sizeBytes?.value ?? store.storageBytes);
  if (usedRatio) return `${percent(usedRatio)} of ${size ?? 'unknown size'}`;
  return size ?? 'Unknown';
}

/** Ratio as whole percents, rounded down: a full volume is not called full before it is. */
export function percent({ value }: GradedNumber): string {
  return `${Math.floor(value * 100)} %`;
}

/** Days until a volume is full; `undefined` where nobody measures it. */
export function describeDaysToFull(
  storage: Pick<StoreStorage, 'daysToFull' | 'usedRatio'> | undefined,
) {
  const { daysToFull: days, usedRatio } = storage ?? {};
  if (!usedRatio) return undefined;
  if (!days) return 'Unknown: it does not grow, or was watched for too short';
  return days.value < 1
    ? 'less than a day (estimated)'
    : `about ${Math.floor(days.value)} days (estimated)`;
}

/** Backups in few words; `undefined` where they cannot be seen from the cluster. */
export function describeBackup(
  backup: StoreBackup | undefined,
): string | undefined {
  const age = formatAge(backup?.lastSucceededAt);
  switch (backup?.state) {
    case 'Current':
      return `${age} ago`;
    case 'Stale':
      return age ? `Late: ${age} ago` : 'Late: never';
    case 'Failed':
      return age ? `Failed; last good ${age} ago` : 'Failed';
    case 'Pending':
      return 'Not due yet';
    case 'None':
      return 'None';
    default:
      return undefined;
  }
}

/** What became of the questions to the store. */
export function describeProbe(probe: StoreProbe | undefined): string {
  switch (probe?.state) {
    case 'Answered':
      return probe.latencyMs
        ? `Answered in ${Math.round(probe.latencyMs.value)} ms`
        : 'Answered';
    case 'Failed':
      return probe.fault
        ? `${probe.fault.reason}: ${probe.fault.message}`
        : 'Failed';
    case 'Pending':
      return 'Not asked yet';
    default:
      return probe?.message ?? 'Not asked';
  }
}

/** `WalArchiving` is "WAL archiving", `IndexMissing` is "Index missing". */
export function describeCheck({ name }: Pick<Check, 'name'>): string {
  const [first, ...rest] = name.split(/(?=[A-Z])/);
  return [
    first === 'Wal' ? 'WAL' : first,
    ...rest.map(word => word.toLowerCase()),
  ].join(' ');
}
