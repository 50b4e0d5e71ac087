import type { RagStoreKind } from '@promptside/backstage-plugin-genai-common';

/** Instances of PostgreSQL for the chat history: one may be lost without losing a message. @public */
export const DEFAULT_HISTORY_INSTANCES = 3;

/** Replicas of a store that is made for a service: Chroma has one writer, Milvus begins standalone. @public */
export function defaultStoreReplicas(kind: RagStoreKind): number {
  return kind === 'pgvector' ? 3 : 1;
}
