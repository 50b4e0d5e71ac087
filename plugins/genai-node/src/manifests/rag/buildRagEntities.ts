import {
  ANNOTATIONS,
  ENTITY_TYPES,
  KUBERNETES_ANNOTATIONS,
  type Model,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import {
  buildInferenceEntities,
  type InferenceEntitiesOptions,
  type InferenceEntity,
} from '../buildInferenceEntities';
import { toYaml } from '../toYaml';
import { embeddingServerSpec } from './embeddingServer';
import { ragChain } from './identity';
import { llmServerSpec } from './llmServer';
import { PORTS } from './ports';
import { ragApiDefinition } from './ragApiDefinition';
import { checkedRagSpec } from './ragSpecText';
import { ownStoreName } from './ownStore';

/** What the catalog is told besides. @public */
export interface RagEntitiesOptions extends InferenceEntitiesOptions {
  /** Facts of the language model that is made, where the catalog has it. */
  llmModel?: Model;
}

/** Base of the API's routes inside the cluster. @public */
export function ragEndpointOf({ metadata, spec }: RagSpec): string {
  return `http://${metadata.name}.${spec.target.namespace}.svc:${PORTS.api}`;
}

/**
 * The catalog's view of a service: the Component, the API it provides, and the store and model servers where they are made for
 * it. What it stands on otherwise is named by the refs that the spec has.
 *
 * @throws InputError that names every wrong field of the spec
 * @public
 */
export function buildRagEntities(
  spec: RagSpec,
  model: Model | undefined,
  options: RagEntitiesOptions = {},
): InferenceEntity[] {
  const checked = checkedRagSpec(spec);
  const { name, owner, system, description } = checked.metadata;
  const { store, embedding, llm, target, framework } = checked.spec;
  const apiName = `${name}-api`;
  const belongs = { owner, ...(system ? { system } : {}) };
  const place = {
    [ANNOTATIONS.cluster]: target.cluster,
    [ANNOTATIONS.namespace]: target.namespace,
  };
  const embeddings = embeddingServerSpec(checked);
  const storeRef = store.create
    ? `resource:default/${ownStoreName(checked)}`
    : store.entityRef;
  const embeddingRef = embeddings
    ? `component:default/${embeddings.metadata.name}`
    : embedding.entityRef;
  const llmServer = llmServerSpec(checked);
  const llmRef = llmServer
    ? `component:default/${llmServer.metadata.name}`
    : llm.entityRef;
  const text = description ?? 'Answers questions from documents';
  const apis = [embeddingRef, llmRef].filter(isApi);
  const things = [storeRef, embeddingRef, llmRef].filter(isThing);
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        description: text,
        annotations: {
          [KUBERNETES_ANNOTATIONS.id]: name,
          [KUBERNETES_ANNOTATIONS.namespace]: target.namespace,
          [KUBERNETES_ANNOTATIONS.cluster]: target.cluster,
          ...place,
          [ANNOTATIONS.ragService]: name,
          ...ragChain(checked),
          ...(options.techdocs ? { 'backstage.io/techdocs-ref': 'dir:.' } : {}),
        },
        tags: ['genai', 'rag', framework, store.kind],
      },
      spec: {
        type: ENTITY_TYPES.ragService,
        lifecycle: 'experimental',
        ...belongs,
        providesApis: [`api:default/${apiName}`],
        ...(apis.length > 0 ? { consumesApis: apis } : {}),
        ...(things.length > 0 ? { dependsOn: things } : {}),
      },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: {
        name: apiName,
        title: `${name} query API`,
        description: `Questions, answers and their sources, and OpenAI's chat API, of ${name}`,
      },
      spec: {
        type: 'openapi',
        lifecycle: 'experimental',
        ...belongs,
        definition: ragApiDefinition({
          title: `${name} query API`,
          description: text,
          endpoint: ragEndpointOf(checked),
          servedName: name,
          secured: checked.spec.apiKeySecret !== undefined,
        }),
      },
    },
    ...(store.create
      ? [
          {
            apiVersion: 'backstage.io/v1alpha1' as const,
            kind: 'Resource' as const,
            metadata: {
              name: ownStoreName(checked),
              description: `Vector store of ${name}`,
              annotations: {
                [KUBERNETES_ANNOTATIONS.id]: ownStoreName(checked),
                ...place,
                [ANNOTATIONS.vectorStore]: ownStoreName(checked),
                [ANNOTATIONS.storeEngine]: store.kind,
              },
              tags: ['genai', 'vector-store', store.kind],
            },
            spec: { type: ENTITY_TYPES.vectorStore, ...belongs },
          },
        ]
      : []),
    ...(embeddings ? buildInferenceEntities(embeddings, model) : []),
    ...(llmServer ? buildInferenceEntities(llmServer, options.llmModel) : []),
  ];
}

/**
 * Text of `catalog-info.yaml` with the entities of {@link buildRagEntities}.
 *
 * @throws InputError that names every wrong field of the spec
 * @public
 */
export function renderRagEntities(
  spec: RagSpec,
  model: Model | undefined,
  options: RagEntitiesOptions = {},
): string {
  return buildRagEntities(spec, model, options)
    .map(entity => toYaml(entity))
    .join('---\n');
}

const isApi = (ref: string | undefined): ref is string =>
  ref?.startsWith('api:') ?? false;

/** APIs are consumed, everything else is depended on. */
const isThing = (ref: string | undefined): ref is string =>
  ref !== undefined && !isApi(ref);
