import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { SUBSTRATUS_CHART } from '../servingRuntimes/tgiSubstratus/chart';
import type { ServiceObject } from './objects/access';
import type { DeploymentObject } from './objects/deployment';

/** Environment variables that the chart writes by itself from other values. */
const WRITTEN_BY_CHART = new Set(['MODEL_ID', 'PORT', 'QUANTIZE']);

/** Resource that is in the chart's own values, and from which alone it takes the number of shards. */
const CHART_RESOURCE = 'nvidia.com/gpu';

/**
 * Values for the Substratus AI chart that give as much of the service as the chart can. `env` is a list, for the template
 * prints it as one, whatever the chart's default says.
 */
export function substratusValues(
  spec: InferenceSpec,
  deployment: DeploymentObject,
): object {
  const pod = deployment.spec.template.spec!;
  const [container] = pod.containers;
  const { image = '', env = [], resources = {}, ports = [] } = container;
  const colon = image.lastIndexOf(':');
  const valueOf = (wanted: string) =>
    env.find(({ name }) => name === wanted)?.value;
  const shardsByChart = resources.limits?.[CHART_RESOURCE] !== undefined;
  const quantize = valueOf('QUANTIZE');
  return {
    fullnameOverride: spec.metadata.name,
    replicaCount: deployment.spec.replicas,
    image: {
      repository: image.slice(0, colon),
      tag: image.slice(colon + 1),
      pullPolicy: container.imagePullPolicy,
    },
    ...(pod.imagePullSecrets ? { imagePullSecrets: pod.imagePullSecrets } : {}),
    model: valueOf('MODEL_ID'),
    ...(quantize ? { quantize } : {}),
    port: ports[0].containerPort,
    service: { type: 'ClusterIP', port: ports[0].containerPort },
    env: env.filter(
      ({ name }) =>
        !WRITTEN_BY_CHART.has(name) && !(shardsByChart && name === 'NUM_SHARD'),
    ),
    resources: {
      requests: resources.requests,
      limits: {
        // Helm lays values over the chart's own: what must go has to be named.
        ...(shardsByChart ? {} : { [CHART_RESOURCE]: null }),
        ...resources.limits,
      },
    },
    podAnnotations: deployment.spec.template.metadata?.annotations,
    podSecurityContext: pod.securityContext,
    securityContext: container.securityContext,
    ...(pod.nodeSelector ? { nodeSelector: pod.nodeSelector } : {}),
    tolerations: pod.tolerations,
  };
}

/** Parts of a container that the chart has no value for. */
const PATCHED_CONTAINER: readonly (keyof V1Container)[] = [
  'startupProbe',
  'readinessProbe',
  'livenessProbe',
  'lifecycle',
  'volumeMounts',
];

/** Parts of a pod that the chart has no value for. */
const PATCHED_POD: readonly (keyof V1PodSpec)[] = [
  'serviceAccountName',
  'automountServiceAccountToken',
  'enableServiceLinks',
  'terminationGracePeriodSeconds',
  'topologySpreadConstraints',
  'volumes',
];

/** What Kustomize lays over the chart's Deployment: everything that the chart lacks. */
export function substratusDeploymentPatch(
  deployment: DeploymentObject,
): object {
  const { spec } = deployment;
  const pod = spec.template.spec!;
  const [container] = pod.containers;
  return {
    apiVersion: deployment.apiVersion,
    kind: deployment.kind,
    metadata: patchedMetadata(deployment),
    spec: {
      revisionHistoryLimit: spec.revisionHistoryLimit,
      progressDeadlineSeconds: spec.progressDeadlineSeconds,
      strategy: spec.strategy,
      template: {
        metadata: { labels: spec.template.metadata?.labels },
        spec: {
          ...pick(pod, PATCHED_POD),
          containers: [
            { name: container.name, ...pick(container, PATCHED_CONTAINER) },
          ],
        },
      },
    },
  };
}

/** What Kustomize lays over the chart's Service. */
export function substratusServicePatch(service: ServiceObject): object {
  return {
    apiVersion: service.apiVersion,
    kind: service.kind,
    metadata: patchedMetadata(service),
    spec: { ports: service.spec.ports },
  };
}

/** The chart as Kustomize's generator takes it. */
export function substratusGenerator(spec: InferenceSpec): object {
  return {
    ...SUBSTRATUS_CHART,
    releaseName: spec.metadata.name,
    valuesFile: 'values.yaml',
  };
}

/** The chart's label of a version is that of its own image, which does not run here. */
function patchedMetadata({ metadata }: DeploymentObject | ServiceObject) {
  return {
    name: metadata.name,
    labels: { ...metadata.labels, 'app.kubernetes.io/version': null },
    annotations: metadata.annotations,
  };
}

function pick<T extends object>(from: T, keys: readonly (keyof T)[]) {
  return Object.fromEntries(
    keys.flatMap(key => (from[key] === undefined ? [] : [[key, from[key]]])),
  );
}
