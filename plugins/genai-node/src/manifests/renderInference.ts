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
import type { ServiceObject } from './objects/access';
import type { DeploymentObject } from './objects/deployment';
import {
  substratusDeploymentPatch,
  substratusGenerator,
  substratusServicePatch,
  substratusValues,
} from './substratusChart';
import { engineOf } from '../servingRuntimes/engines';
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
  const { target, replicas, autoscaling } = spec.spec;
  const scaled =
    !autoscaling && objects.some(({ kind }) => kind === 'Deployment');
  return [
    { path: 'inference.yaml', content: stringifyInferenceSpec(spec) },
    ...(engineOf(spec).deployedBy === 'HelmChart'
      ? chartBase(spec, objects)
      : plainBase(objects)),
    kustomization(overlayPath(target.cluster), {
      namespace: target.namespace,
      resources: ['../../base'],
      // Kustomize knows where a Deployment has its replicas; custom resources keep theirs in the base.
      ...(scaled
        ? { replicas: [{ name: spec.metadata.name, count: replicas }] }
        : {}),
    }),
  ];
}

function plainBase(objects: readonly KubernetesObjectLike[]): RenderedFile[] {
  const files = objects.map(object => ({
    path: fileName(object),
    content: toYaml(withoutPlace(object), { comment: RENDERED }),
  }));
  return [
    ...files.map(({ path, content }) => ({ path: `base/${path}`, content })),
    kustomization('base', { resources: files.map(({ path }) => path) }),
  ];
}

/** The chart makes Service and Deployment of its values, patches add what it lacks, the other objects stand beside. */
function chartBase(
  spec: InferenceSpec,
  objects: readonly KubernetesObjectLike[],
): RenderedFile[] {
  const byChart = new Set(['Deployment', 'Service']);
  const own = objects.filter(({ kind }) => !byChart.has(kind));
  const ofKind = (wanted: string) =>
    withoutPlace(objects.find(({ kind }) => kind === wanted)!);
  const deployment = objects.find(({ kind }) => kind === 'Deployment')!;
  const file = (path: string, value: object) => ({
    path: `base/${path}`,
    content: toYaml(value, { comment: RENDERED }),
  });
  return [
    ...own.map(object => file(fileName(object), withoutPlace(object))),
    file('values.yaml', substratusValues(spec, deployment as DeploymentObject)),
    file(
      'deployment-patch.yaml',
      substratusDeploymentPatch(ofKind('Deployment') as DeploymentObject),
    ),
    file(
      'service-patch.yaml',
      substratusServicePatch(ofKind('Service') as ServiceObject),
    ),
    kustomization('base', {
      resources: own.map(fileName),
      // Built with --enable-helm; Kustomize 5.7 wants Helm 3 (Helm 4 refuses its `helm version -c`).
      helmCharts: [substratusGenerator(spec)],
      patches: [
        { path: 'deployment-patch.yaml' },
        { path: 'service-patch.yaml' },
      ],
    }),
  ];
}

function fileName({ kind }: KubernetesObjectLike): string {
  return `${kind.toLowerCase()}.yaml`;
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
