import type {
  InferenceSpec,
  Model,
  RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import type { RenderOptions } from '../buildInferenceObjects';
import { endpointOf, servedModelOf } from '../endpointOf';

/** What rendering a RAG service knows besides its spec and its embedding model. @public */
export interface RagRenderOptions extends RenderOptions {
  /** Facts of the language model that is made, where the catalog has it. */
  llmModel?: Model;
}

/** Name of the model server that is made for a service. */
export function llmServerName({ metadata }: RagSpec): string {
  return `${metadata.name}-llm`;
}

/**
 * The language model's server as the inference path makes one; undefined where an existing one is used.
 *
 * @public
 */
export function llmServerSpec(spec: RagSpec): InferenceSpec | undefined {
  const { llm, target, monitoring } = spec.spec;
  if (!llm.create) return undefined;
  const { queue, ...server } = llm.create;
  const { name, owner, system } = spec.metadata;
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'InferenceService',
    metadata: {
      name: llmServerName(spec),
      description: `Language model of ${name}`,
      owner,
      ...(system ? { system } : {}),
    },
    spec: {
      ...server,
      target: { ...target, ...(queue ? { queue } : {}) },
      contextLength: llm.contextTokens,
      ...(monitoring ? { monitoring } : {}),
    },
  };
}

/** Base of the language model's OpenAI-compatible API, as the service is given it. @public */
export function llmEndpointOf(spec: RagSpec): string {
  const own = llmServerSpec(spec);
  // The spec has an address where it has no server of its own.
  return own ? endpointOf(own) : spec.spec.llm.url!;
}

/** Name by which the service asks for the language model. @public */
export function llmModelOf(spec: RagSpec): string {
  const own = llmServerSpec(spec);
  return own ? servedModelOf(own) : spec.spec.llm.model;
}
