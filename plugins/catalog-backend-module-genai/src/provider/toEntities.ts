import { createHash } from 'node:crypto';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type ApiEntity,
  type ComponentEntity,
  type ResourceEntity,
} from '@backstage/catalog-model';
import {
  ANNOTATIONS,
  ENTITY_TYPES,
  KUBERNETES_ANNOTATIONS,
  modelIdSchema,
  type ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import {
  discoveredEntityName,
  openaiApiDefinition,
} from '@promptside/backstage-plugin-genai-node';
import type { EmittedEntity } from './readCatalog';
import { modelLocation, serverLocation } from './serverLocation';

/** What entities say that live state does not know. */
export interface EntityDefaults {
  /** Full entity ref, for servers whose workload and namespace name no owner. */
  readonly defaultOwner: string;
  readonly lifecycle: string;
}

const HASH_LENGTH = 8;
const NAME_LENGTH = 63;

/**
 * The Component of a model server that names no entity itself, the Resource of its model when that is known, and the API when it
 * speaks OpenAI's. Nothing in them changes while the server lives: no state, no replicas, no version.
 */
export function toEntities(
  server: ModelServer,
  defaults: EntityDefaults,
  emitted: readonly EmittedEntity[] = [],
): (ComponentEntity | ResourceEntity | ApiEntity)[] {
  const modelId = server.model?.id;
  const api = toApi(server, defaults, emitted);
  return [
    toComponent(server, defaults, api !== undefined),
    ...(modelId === undefined ? [] : [toModel(modelId, defaults)]),
    ...(api ? [api] : []),
  ];
}

function toComponent(
  server: ModelServer,
  { defaultOwner, lifecycle }: EntityDefaults,
  hasApi: boolean,
): ComponentEntity {
  const { cluster, namespace, name, kind, model } = server;
  const location = serverLocation(server);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: discoveredEntityName(server),
      namespace: 'default',
      title: name,
      description: `${model?.id ?? 'A model'} served by ${kind} ${name} in namespace ${namespace} of cluster ${cluster}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATIONS.cluster]: cluster,
        [ANNOTATIONS.namespace]: namespace,
        [ANNOTATIONS.modelServer]: name,
        [KUBERNETES_ANNOTATIONS.cluster]: cluster,
        [KUBERNETES_ANNOTATIONS.namespace]: namespace,
        ...(model?.id ? { [ANNOTATIONS.model]: model.id } : {}),
        ...(model?.revision
          ? { [ANNOTATIONS.modelRevision]: model.revision }
          : {}),
      },
      tags: ['genai', 'inference', 'discovered', server.runtime],
    },
    spec: {
      type: ENTITY_TYPES.modelServer,
      lifecycle,
      owner: server.owner ?? defaultOwner,
      ...(model?.id
        ? { dependsOn: [`resource:default/${modelEntityName(model.id)}`] }
        : {}),
      ...(hasApi ? { providesApis: [apiRef(server)] } : {}),
    },
  };
}

/** The API has the name of its Component. */
function apiRef(server: ModelServer): string {
  return `api:default/${discoveredEntityName(server)}`;
}

/**
 * The API of a server that speaks OpenAI's. Some operators tell an address only while the server is well, so the definition of the
 * last time stays until there is another one.
 */
function toApi(
  server: ModelServer,
  { defaultOwner, lifecycle }: EntityDefaults,
  emitted: readonly EmittedEntity[],
): ApiEntity | undefined {
  const { cluster, namespace, name, kind } = server;
  const ref = apiRef(server);
  const title = `${name} API`;
  const definition =
    openaiApi(server, title) ??
    emitted.find(({ entityRef }) => entityRef === ref)?.definition;
  if (definition === undefined) return undefined;
  const location = serverLocation(server);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: discoveredEntityName(server),
      namespace: 'default',
      title,
      description: `OpenAI-compatible endpoint of ${kind} ${name} in namespace ${namespace} of cluster ${cluster}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
      },
      tags: ['genai', 'inference', 'discovered'],
    },
    spec: {
      type: 'openapi',
      lifecycle,
      owner: server.owner ?? defaultOwner,
      definition,
    },
  };
}

function openaiApi(
  { name, model, runtime, endpoint }: ModelServer,
  title: string,
): string | undefined {
  const servedName = model?.servedName ?? model?.id;
  if (endpoint?.protocol !== 'openai' || !servedName) return undefined;
  return openaiApiDefinition({
    title,
    description: `${model?.id ?? servedName} served by ${name}`,
    endpoint: endpoint.url,
    servedName,
    routes: runtime === 'tei' ? 'embedding' : 'generation',
  });
}

/** One Resource a model, however many servers serve it; so it belongs to none of their owners. */
function toModel(
  modelId: string,
  { defaultOwner }: EntityDefaults,
): ResourceEntity {
  const location = modelLocation(modelId);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: modelEntityName(modelId),
      namespace: 'default',
      title: modelId,
      description: `Weights of ${modelId}`,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATIONS.model]: modelId,
      },
      // An annotation can name anything, a path as well; only an id of the hub has a page there.
      ...(modelIdSchema.safeParse(modelId).success
        ? {
            links: [
              { url: `https://huggingface.co/${modelId}`, title: 'Model card' },
            ],
          }
        : {}),
      tags: ['genai', 'discovered'],
    },
    spec: { type: ENTITY_TYPES.aiModel, owner: defaultOwner },
  };
}

/** `organisation/model` and `organisation-model` differ only in the hash. */
function modelEntityName(modelId: string): string {
  const hash = createHash('sha256')
    .update(modelId)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const base = modelId
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, NAME_LENGTH - HASH_LENGTH - 1)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return `${base || 'model'}-${hash}`;
}
