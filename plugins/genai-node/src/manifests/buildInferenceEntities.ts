import {
  ANNOTATIONS,
  ENTITY_TYPES,
  KUBERNETES_ANNOTATIONS,
  type InferenceSpec,
  type Model,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineRegistry } from '../servingRuntimes/EngineRegistry';
import { engineOf, withEngine } from '../servingRuntimes/engineOf';
import { endpointOf } from './endpointOf';
import { checkedInferenceSpec } from './inferenceSpecText';
import { openaiApiDefinition } from './openaiApiDefinition';
import { toYaml } from './toYaml';

/** A catalog entity as it is written to a file. @public */
export interface InferenceEntity {
  apiVersion: 'backstage.io/v1alpha1';
  kind: 'Component' | 'API' | 'Resource';
  metadata: {
    name: string;
    title?: string;
    description?: string;
    annotations?: { [key: string]: string };
    tags?: string[];
    links?: { url: string; title: string }[];
  };
  spec: { [key: string]: string | string[] };
}

/** @public */
export interface InferenceEntitiesOptions {
  /** The repository has a docs folder and the portal can build it: link it. */
  techdocs?: boolean;
  /** Engines that can be rendered. Default: ours. */
  engines?: EngineRegistry;
}

/**
 * The catalog's view of a service: the Component that runs, the API it provides, the model it depends on. Nothing in them
 * changes while it runs.
 *
 * @throws InputError that names every wrong field of the spec
 * @public
 */
export function buildInferenceEntities(
  spec: InferenceSpec,
  model: Model | undefined,
  options: InferenceEntitiesOptions = {},
): InferenceEntity[] {
  const checked = withEngine(checkedInferenceSpec(spec), options.engines);
  const { metadata, spec: wanted } = checked;
  const spoke = engineOf(checked);
  const { name, owner, system } = metadata;
  const { target } = wanted;
  const apiName = `${name}-openai`;
  const modelName = `${name}-model`;
  const modelTitle = model?.title ?? wanted.model.id;
  const description =
    metadata.description ?? `${modelTitle} served by ${spoke.title}`;
  const belongs = { owner, ...(system ? { system } : {}) };
  const ofModel = {
    [ANNOTATIONS.model]: wanted.model.id,
    ...(wanted.model.revision
      ? { [ANNOTATIONS.modelRevision]: wanted.model.revision }
      : {}),
  };
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        description,
        annotations: {
          [KUBERNETES_ANNOTATIONS.id]: name,
          [KUBERNETES_ANNOTATIONS.namespace]: target.namespace,
          [KUBERNETES_ANNOTATIONS.cluster]: target.cluster,
          [ANNOTATIONS.cluster]: target.cluster,
          [ANNOTATIONS.namespace]: target.namespace,
          [ANNOTATIONS.modelServer]: name,
          ...ofModel,
          ...(options.techdocs ? { 'backstage.io/techdocs-ref': 'dir:.' } : {}),
        },
        tags: ['genai', 'inference', wanted.engine.name.replace('/', '-')],
      },
      spec: {
        type: ENTITY_TYPES.modelServer,
        lifecycle: 'production',
        ...belongs,
        providesApis: [`api:default/${apiName}`],
        dependsOn: [`resource:default/${modelName}`],
      },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: {
        name: apiName,
        title: `${name} OpenAI API`,
        description: `OpenAI-compatible endpoint of ${name}`,
      },
      spec: {
        type: 'openapi',
        lifecycle: 'production',
        ...belongs,
        definition: openaiApiDefinition({
          title: `${name} OpenAI API`,
          description,
          endpoint: endpointOf(checked),
          servedName: spoke.servedName(checked),
          routes: spoke.tasks.includes('text-generation')
            ? 'generation'
            : 'embedding',
        }),
      },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: modelName,
        title: modelTitle,
        description: `Weights that ${name} serves`,
        annotations: ofModel,
        links: [
          {
            url: `https://huggingface.co/${wanted.model.id}`,
            title: 'Model card',
          },
        ],
      },
      spec: { type: ENTITY_TYPES.aiModel, ...belongs },
    },
  ];
}

/**
 * Text of `catalog-info.yaml` with the entities of {@link buildInferenceEntities}.
 *
 * @throws InputError that names every wrong field of the spec
 * @public
 */
export function renderInferenceEntities(
  spec: InferenceSpec,
  model: Model | undefined,
  options: InferenceEntitiesOptions = {},
): string {
  return buildInferenceEntities(spec, model, options)
    .map(entity => toYaml(entity))
    .join('---\n');
}
