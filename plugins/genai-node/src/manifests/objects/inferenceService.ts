import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import {
  deploymentPodSpec,
  rolloutStrategy,
  type ServingParts,
} from './deployment';
import {
  objectLabels,
  objectMeta,
  queueLabels,
  workloadAnnotations,
} from './identity';

/** The container of the runtime by KServe's rules: laid over the runtime's own, so it has no name. */
type PredictorModel = Omit<V1Container, 'name'> & {
  modelFormat: { name: string };
  runtime: string;
};

/** KServe's InferenceService as we write it. Fields: pkg/apis/serving/v1beta1 at aaac4e2 (0.20). */
export interface InferenceServiceObject extends KubernetesObjectLike {
  spec: {
    predictor: Omit<V1PodSpec, 'containers'> & {
      labels: { [key: string]: string };
      annotations: { [key: string]: string };
      minReplicas: number;
      maxReplicas: number;
      deploymentStrategy: ReturnType<typeof rolloutStrategy>;
      model: PredictorModel;
    };
  };
}

/** Volume of KServe's runtime over `/dev/shm`; ours of the same name gives it a size. */
const RUNTIME_SHM = 'devshm';

/**
 * The service in Standard mode: plain Deployments, without Knative. The autoscaler is off, for KServe's default scales on
 * processor load, which says nothing of a GPU.
 */
export function buildInferenceService(
  spec: InferenceSpec,
  parts: ServingParts,
): InferenceServiceObject {
  const { replicas } = spec.spec;
  const annotations = workloadAnnotations(spec);
  const { containers, volumes = [], ...pod } = deploymentPodSpec(spec, parts);
  const [{ name: _, volumeMounts = [], ...container }] = containers;
  const asRuntime = <T extends { name: string }>(each: T): T =>
    each.name === 'shm' ? { ...each, name: RUNTIME_SHM } : each;
  return {
    apiVersion: 'serving.kserve.io/v1beta1',
    kind: 'InferenceService',
    metadata: objectMeta(spec, {
      labels: queueLabels(spec),
      annotations: {
        ...annotations,
        'serving.kserve.io/deploymentMode': 'Standard',
        'serving.kserve.io/autoscalerClass': 'none',
      },
    }),
    spec: {
      predictor: {
        labels: { ...objectLabels(spec), ...queueLabels(spec) },
        annotations,
        minReplicas: replicas,
        maxReplicas: replicas,
        deploymentStrategy: rolloutStrategy(replicas),
        ...pod,
        model: {
          modelFormat: { name: 'huggingface' },
          runtime: 'kserve-huggingfaceserver',
          ...container,
          volumeMounts: volumeMounts.map(asRuntime),
        },
        volumes: volumes.map(asRuntime),
      },
    },
  };
}
