import type {
  InferenceSpec,
  RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { endpointOf } from '../endpointOf';

/** Name of the embedding server that is made for a service. */
export function embeddingServerName({ metadata }: RagSpec): string {
  return `${metadata.name}-embed`;
}

/** The embedding server as the inference path makes one; undefined where an existing one is used. */
export function embeddingServerSpec(spec: RagSpec): InferenceSpec | undefined {
  const { embedding, target, monitoring } = spec.spec;
  if (!embedding.create) return undefined;
  const { accelerator, revision, size, storageClassName, tokenSecret } =
    embedding.create;
  const { owner, system } = spec.metadata;
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'InferenceService',
    metadata: {
      name: embeddingServerName(spec),
      description: `Embeddings for ${spec.metadata.name}`,
      owner,
      ...(system ? { system } : {}),
    },
    spec: {
      engine: { name: 'tei' },
      model: {
        id: embedding.model,
        ...(revision ? { revision } : {}),
        ...(tokenSecret ? { tokenSecret } : {}),
      },
      target,
      accelerator: { ...accelerator, count: 1 },
      contextLength: embedding.maxTokens,
      replicas: 1,
      storage: { size, ...(storageClassName ? { storageClassName } : {}) },
      ...(monitoring ? { monitoring } : {}),
    },
  };
}

/** Address of the embedding server as the service is given it: without `/v1` for TEI's own API. */
export function embeddingEndpointOf(spec: RagSpec): string {
  const own = embeddingServerSpec(spec);
  // The spec has an address where it has no server of its own.
  return own ? endpointOf(own).replace(/\/v1$/, '') : spec.spec.embedding.url!;
}
