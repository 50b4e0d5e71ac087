import type {
  V1Container,
  V1DeploymentSpec,
  V1PodSpec,
  V1Volume,
} from '@kubernetes/client-node';
import type {
  AcceleratorVendor,
  InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { toleratedTaintKeys } from '../../sizing';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import {
  objectLabels,
  objectMeta,
  selectorLabels,
  workloadAnnotations,
} from './identity';

/** A Deployment as we write it. */
export interface DeploymentObject extends KubernetesObjectLike {
  spec: V1DeploymentSpec;
}

/** Any id but root's. Volumes are given to its group, so the image need not know it. */
const USER_ID = 10_001;

/** Time for running requests after the drain; long answers take a minute or two. */
const GRACE_SECONDS = 120;

/** Pulling an image of 8 to 20 GB comes before the start that the startup probe times. */
const PULL_SECONDS = 900;

/** Node label that names the product. */
const PRODUCT_LABELS: Readonly<Record<AcceleratorVendor, string>> = {
  nvidia: 'nvidia.com/gpu.product',
  amd: 'amd.com/gpu.product-name',
  intel: 'gpu.intel.com/product',
};

/** The parts that the serving runtime decides. */
export interface ServingParts {
  container: V1Container;
  volumes: readonly V1Volume[];
  /** Longest start that is no failure, seconds. */
  startupSeconds: number;
}

/** The workload: pods that pass the Pod Security standard `restricted`. */
export function buildDeployment(
  spec: InferenceSpec,
  parts: ServingParts,
): DeploymentObject {
  const { replicas } = spec.spec;
  const annotations = workloadAnnotations(spec);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: objectMeta(spec, { annotations }),
    spec: {
      replicas,
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: parts.startupSeconds + PULL_SECONDS,
      // A rollout must never wait for a GPU, or a volume, that only the pod it replaces can give back.
      strategy:
        replicas === 1
          ? { type: 'Recreate' }
          : {
              type: 'RollingUpdate',
              rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
            },
      selector: { matchLabels: selectorLabels(spec) },
      template: {
        metadata: { labels: objectLabels(spec), annotations },
        spec: podSpec(spec, parts),
      },
    },
  };
}

function podSpec(spec: InferenceSpec, parts: ServingParts): V1PodSpec {
  const { accelerator, replicas } = spec.spec;
  const { vendor, resource, product } = accelerator;
  return {
    serviceAccountName: spec.metadata.name,
    automountServiceAccountToken: false,
    // Variables of other Services, such as VLLM_PORT of one named vllm, would be read as settings.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
      fsGroup: USER_ID,
      // A cache of 100 GB would otherwise change hands file by file at every start.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(product ? { nodeSelector: { [PRODUCT_LABELS[vendor]]: product } } : {}),
    tolerations: toleratedTaintKeys(vendor, resource).map(key => ({
      key,
      operator: 'Exists',
    })),
    ...(replicas > 1
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
    containers: [parts.container],
    volumes: [...parts.volumes],
  };
}
