import type {
  V1Container,
  V1DeploymentSpec,
  V1PodSecurityContext,
  V1PodSpec,
  V1Volume,
} from '@kubernetes/client-node';
import type {
  AcceleratorVendor,
  InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineSecurity } from '../../servingRuntimes/EngineSpoke';
import { toleratedTaintKeys } from '../../sizing/toleratedTaints';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { mostReplicas } from './replicas';
import {
  objectLabels,
  objectMeta,
  queueLabels,
  selectorLabels,
  workloadAnnotations,
} from './identity';

/** A Deployment as we write it. */
export interface DeploymentObject extends KubernetesObjectLike {
  spec: V1DeploymentSpec;
}

/** Time for running requests after the drain; long answers take a minute or two. */
export const GRACE_SECONDS = 120;

/** Pulling an image of 8 to 20 GB comes before the start that the startup probe times. */
export const PULL_SECONDS = 900;

/** Node label that names the product. */
const PRODUCT_LABELS: Readonly<Record<AcceleratorVendor, string>> = {
  nvidia: 'nvidia.com/gpu.product',
  amd: 'amd.com/gpu.product-name',
  intel: 'gpu.intel.com/product',
};

/** The parts that the serving runtime decides. */
export interface ServingParts {
  container: V1Container;
  /** Runs before it, and ends when the weights are there. */
  reader?: V1Container;
  volumes: readonly V1Volume[];
  security: EngineSecurity;
  /** On the pods beside those of the workload. */
  podAnnotations?: Readonly<Record<string, string>>;
  /** Longest start that is no failure, seconds. */
  startupSeconds: number;
}

/** The workload: pods that pass the Pod Security standard `restricted` where the image can. */
export function buildDeployment(
  spec: InferenceSpec,
  parts: ServingParts,
): DeploymentObject {
  const { replicas, autoscaling } = spec.spec;
  const most = mostReplicas(spec);
  const annotations = workloadAnnotations(spec);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: objectMeta(spec, { annotations, labels: queueLabels(spec) }),
    spec: {
      // A number here would undo at every apply what the autoscaler decided.
      ...(autoscaling ? {} : { replicas }),
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: parts.startupSeconds + PULL_SECONDS,
      strategy: rolloutStrategy(most),
      selector: { matchLabels: selectorLabels(spec) },
      template: {
        metadata: {
          labels: { ...objectLabels(spec), ...queueLabels(spec) },
          annotations: { ...annotations, ...parts.podAnnotations },
        },
        spec: deploymentPodSpec(spec, parts),
      },
    },
  };
}

/** A rollout must never wait for a GPU, or a volume, that only the pod it replaces can give back. */
export function rolloutStrategy(
  replicas: number,
): NonNullable<V1DeploymentSpec['strategy']> {
  return replicas === 1
    ? { type: 'Recreate' }
    : {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
      };
}

/** The pods. */
export function deploymentPodSpec(
  spec: InferenceSpec,
  parts: ServingParts,
): V1PodSpec {
  const { engine } = spec.spec;
  return {
    serviceAccountName: spec.metadata.name,
    automountServiceAccountToken: false,
    // Variables of other Services, such as VLLM_PORT of one named vllm, would be read as settings.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    ...(engine.imagePullSecret
      ? { imagePullSecrets: [{ name: engine.imagePullSecret }] }
      : {}),
    securityContext: podSecurity(spec, parts.security),
    ...placement(spec),
    ...(mostReplicas(spec) > 1
      ? {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: selectorLabels(spec) },
            },
          ],
        }
      : {}),
    ...(parts.reader ? { initContainers: [parts.reader] } : {}),
    containers: [parts.container],
    volumes: [...parts.volumes],
  };
}

/** What Pod Security looks at in a pod, beside its containers. */
export function podSecurity(
  { spec }: InferenceSpec,
  { userId }: EngineSecurity,
): V1PodSecurityContext {
  const { deviceGroup } = spec.accelerator ?? {};
  return {
    ...(userId === 0 ? {} : { runAsNonRoot: true }),
    runAsUser: userId,
    runAsGroup: userId,
    ...(userId === 0 ? {} : { fsGroup: userId }),
    ...(deviceGroup ? { supplementalGroups: [deviceGroup] } : {}),
    // A cache of 100 GB would otherwise change hands file by file at every start.
    ...(userId === 0 ? {} : { fsGroupChangePolicy: 'OnRootMismatch' }),
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** Nodes that the pods may go to. */
export function placement({
  spec,
}: InferenceSpec): Pick<V1PodSpec, 'nodeSelector' | 'tolerations'> {
  const { accelerator } = spec;
  if (!accelerator) return {};
  const { vendor, resource, product } = accelerator;
  return {
    ...(product ? { nodeSelector: { [PRODUCT_LABELS[vendor]]: product } } : {}),
    tolerations: toleratedTaintKeys(vendor, resource).map(key => ({
      key,
      operator: 'Exists',
    })),
  };
}
