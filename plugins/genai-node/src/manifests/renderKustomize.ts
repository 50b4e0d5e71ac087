import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { engineOf } from '../servingRuntimes/engineOf';
import { buildSubstratusRelease } from './delivery/substratusRelease';
import type {
  KubernetesObjectLike,
  RenderedFile,
} from './KubernetesObjectLike';
import {
  kustomization,
  objectFiles,
  plainBase,
  withoutPlace,
} from './kustomizeParts';
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
  const { target, replicas, autoscaling, delivery } = spec.spec;
  const foreignChart = engineOf(spec).deployedBy === 'HelmChart';
  const byFlux = foreignChart && delivery?.kind === 'FluxKustomization';
  const inBase = byFlux ? withRelease(spec, objects) : objects;
  const scaled =
    !autoscaling && inBase.some(({ kind }) => kind === 'Deployment');
  return [
    ...(foreignChart && !byFlux ? chartBase(spec, objects) : plainBase(inBase)),
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

/** What the Substratus AI chart does not make. */
function besideChart(objects: readonly KubernetesObjectLike[]) {
  return objects.filter(
    ({ kind }) => kind !== 'Deployment' && kind !== 'Service',
  );
}

/** In place of what the chart makes, the release by which Flux installs it. */
function withRelease(
  spec: InferenceSpec,
  objects: readonly KubernetesObjectLike[],
): KubernetesObjectLike[] {
  const ofKind = (wanted: string) =>
    objects.find(({ kind }) => kind === wanted)!;
  return [
    ...besideChart(objects),
    ...buildSubstratusRelease(
      spec,
      ofKind('Deployment') as DeploymentObject,
      ofKind('Service') as ServiceObject,
    ),
  ];
}

/** The chart makes Service and Deployment of its values, patches add what it lacks, the other objects stand beside. */
function chartBase(
  spec: InferenceSpec,
  objects: readonly KubernetesObjectLike[],
): RenderedFile[] {
  const own = objectFiles(besideChart(objects));
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
