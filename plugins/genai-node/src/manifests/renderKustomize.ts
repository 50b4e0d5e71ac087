import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { engineOf } from '../servingRuntimes/engines';
import type {
  KubernetesObjectLike,
  RenderedFile,
} from './KubernetesObjectLike';
import { objectFileNames } from './objectFileName';
import type { ServiceObject } from './objects/access';
import type { DeploymentObject } from './objects/deployment';
import { overlayPath } from './overlayPath';
import { RENDERED } from './rendered';
import {
  substratusDeploymentPatch,
  substratusGenerator,
  substratusServicePatch,
  substratusValues,
} from './substratusChart';
import { toYaml } from './toYaml';

/** A base with the objects, and an overlay that says where and how many. */
export function renderKustomize(
  spec: InferenceSpec,
  objects: readonly KubernetesObjectLike[],
): RenderedFile[] {
  const { target, replicas, autoscaling } = spec.spec;
  const scaled =
    !autoscaling && objects.some(({ kind }) => kind === 'Deployment');
  return [
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
  const files = filesOf(objects);
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
  const own = filesOf(objects.filter(({ kind }) => !byChart.has(kind)));
  const ofKind = (wanted: string) =>
    withoutPlace(objects.find(({ kind }) => kind === wanted)!);
  const deployment = objects.find(({ kind }) => kind === 'Deployment')!;
  const file = (path: string, value: object) => ({
    path: `base/${path}`,
    content: toYaml(value, { comment: RENDERED }),
  });
  return [
    ...own.map(({ path, content }) => ({ path: `base/${path}`, content })),
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
      resources: own.map(({ path }) => path),
      // Built with --enable-helm; Kustomize 5.7 wants Helm 3 (Helm 4 refuses its `helm version -c`).
      helmCharts: [substratusGenerator(spec)],
      patches: [
        { path: 'deployment-patch.yaml' },
        { path: 'service-patch.yaml' },
      ],
    }),
  ];
}

function filesOf(objects: readonly KubernetesObjectLike[]): RenderedFile[] {
  const names = objectFileNames(objects);
  return objects.map((object, index) => ({
    path: names[index],
    content: toYaml(withoutPlace(object), { comment: RENDERED }),
  }));
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
