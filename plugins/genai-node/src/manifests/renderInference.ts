import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  buildInferenceObjects,
  type RenderOptions,
} from './buildInferenceObjects';
import { stringifyInferenceSpec } from './inferenceSpecText';
import type {
  KubernetesObjectLike,
  RenderedFile,
} from './KubernetesObjectLike';
import { toYaml } from './toYaml';

const RENDERED = [
  'Rendered from inference.yaml: edit that file and render again. Changes here are lost.',
];

/**
 * The files of a service: the spec that people edit, a Kustomize base with the objects, and an overlay that says where and
 * how many. `kubectl apply -k overlays/<cluster>` gives exactly the objects of {@link buildInferenceObjects}.
 *
 * @throws InputError that names every field with which it could not run
 * @public
 */
export function renderInference(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions = {},
): RenderedFile[] {
  const objects = buildInferenceObjects(spec, model, options);
  const files = objects.map(object => ({
    path: `${object.kind.toLowerCase()}.yaml`,
    content: toYaml(withoutPlace(object), { comment: RENDERED }),
  }));
  const { target, replicas } = spec.spec;
  return [
    { path: 'inference.yaml', content: stringifyInferenceSpec(spec) },
    ...files.map(({ path, content }) => ({ path: `base/${path}`, content })),
    kustomization('base', { resources: files.map(({ path }) => path) }),
    kustomization(overlayPath(target.cluster), {
      namespace: target.namespace,
      resources: ['../../base'],
      replicas: [{ name: spec.metadata.name, count: replicas }],
    }),
  ];
}

/**
 * Folder of the overlay for a cluster. Cluster names may hold slashes and colons, folders here may not.
 *
 * @public
 */
export function overlayPath(cluster: string): string {
  return `overlays/${cluster.replace(/[^A-Za-z0-9._-]+/g, '-')}`;
}

/** The base holds what is the same everywhere; namespace and replicas are the overlay's. */
function withoutPlace(object: KubernetesObjectLike): object {
  const { namespace: _, ...metadata } = object.metadata;
  const { spec } = object as { spec?: { replicas?: number } };
  if (object.kind !== 'Deployment' || !spec) return { ...object, metadata };
  const { replicas: __, ...rest } = spec;
  return { ...object, metadata, spec: rest };
}

function kustomization(folder: string, content: object): RenderedFile {
  return {
    path: `${folder}/kustomization.yaml`,
    content: toYaml(
      {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        ...content,
      },
      { comment: RENDERED },
    ),
  };
}
