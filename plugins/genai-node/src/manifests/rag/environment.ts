import { createHash } from 'node:crypto';
import type { V1Container, V1EnvVar } from '@kubernetes/client-node';
import type {
  RagSpec,
  SecretKey,
} from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { embeddingEndpointOf } from './embeddingServer';
import { historySecretOf } from './historyCluster';
import { ragMeta } from './identity';
import { llmEndpointOf, llmModelOf } from './llmServer';
import { PORTS } from './ports';
import { storeAddressOf, storeSecretOf } from './storeAddress';

/** A ConfigMap as we write it. */
interface SettingsObject extends KubernetesObjectLike {
  data: { [variable: string]: string };
}

const settingsName = ({ metadata }: RagSpec) => `${metadata.name}-settings`;

/** What is not secret, by the names that the service reads (docs/configuration.md of its repository). */
export function ragVariables(spec: RagSpec): { [variable: string]: string } {
  const { store, embedding, llm, history, ingest, retrieval } = spec.spec;
  const address = storeAddressOf(spec);
  const given: Record<string, string | number | undefined> = {
    SERVICE_NAME: spec.metadata.name,
    PORT: PORTS.api,
    // The root file system is read-only, and libraries want a home.
    HOME: '/tmp',
    COLLECTION: store.collection,
    CHROMA_URL: store.kind === 'chroma' ? address : undefined,
    MILVUS_URL: store.kind === 'milvus' ? address : undefined,
    EMBEDDING_URL: embeddingEndpointOf(spec),
    EMBEDDING_API: embedding.api,
    EMBEDDING_MODEL: embedding.model,
    EMBEDDING_DIMENSION: embedding.dimension,
    EMBEDDING_MAX_TOKENS: embedding.maxTokens,
    EMBEDDING_QUERY_PREFIX: embedding.queryPrefix,
    EMBEDDING_PASSAGE_PREFIX: embedding.passagePrefix,
    LLM_URL: llmEndpointOf(spec),
    LLM_MODEL: llmModelOf(spec),
    LLM_CONTEXT_TOKENS: llm.contextTokens,
    LLM_MAX_ANSWER_TOKENS: llm.maxAnswerTokens,
    HISTORY_RETENTION_DAYS: history?.retentionDays,
    HISTORY_MESSAGES: history?.messages,
    SOURCES: ingest.sources.join(','),
    CHUNK_TOKENS: retrieval?.chunkTokens,
    CHUNK_OVERLAP_TOKENS: retrieval?.chunkOverlapTokens,
    TOP_K: retrieval?.topK,
    MIN_SCORE: retrieval?.minScore,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

/** Read as a whole by the API and the ingestion. Variables from it are not expanded, so `$(X)` in a text stays a text. */
export function buildSettings(spec: RagSpec): SettingsObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: ragMeta(spec, 'query-api', { name: settingsName(spec) }),
    data: ragVariables(spec),
  };
}

/** Variables are read at the start, so that a change must replace the pods. */
export function settingsDigest(spec: RagSpec): string {
  return createHash('sha256')
    .update(JSON.stringify(ragVariables(spec)))
    .digest('hex')
    .slice(0, 16);
}

/** The part of a container that tells it what the spec says; secrets by reference alone. */
export function ragEnvironment(
  spec: RagSpec,
): Pick<V1Container, 'envFrom' | 'env'> {
  const { store, embedding, llm, apiKeySecret } = spec.spec;
  const secrets: [name: string, secret: SecretKey | undefined][] = [
    ['PGVECTOR_URL', storeSecretOf(spec)],
    ['STORE_TOKEN', store.tokenSecret],
    ['EMBEDDING_API_KEY', embedding.apiKeySecret],
    ['LLM_API_KEY', llm.apiKeySecret],
    ['HISTORY_URL', historySecretOf(spec)],
    ['API_KEY', apiKeySecret],
  ];
  const env = secrets.flatMap(([name, secret]): V1EnvVar[] =>
    secret ? [{ name, valueFrom: { secretKeyRef: { ...secret } } }] : [],
  );
  return {
    envFrom: [{ configMapRef: { name: settingsName(spec) } }],
    ...(env.length > 0 ? { env } : {}),
  };
}
