import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { objectMeta } from './identity';

/** KEDA's ScaledObject as we write it (keda.sh/v1alpha1, 2.x). */
export interface ScaledObject extends KubernetesObjectLike {
  spec: {
    scaleTargetRef: { name: string };
    minReplicaCount: number;
    maxReplicaCount: number;
    pollingInterval: number;
    advanced: {
      horizontalPodAutoscalerConfig: {
        behavior: { scaleDown: { stabilizationWindowSeconds: number } };
      };
    };
    triggers: {
      type: 'prometheus';
      metadata: { serverAddress: string; query: string; threshold: string };
    }[];
  };
}

/** Two to five waiting requests a replica are what the engines' own guides scale at. */
const DEFAULT_WAITING = 4;

/** A replica that is given up takes minutes to come back: a pause between two questions is no reason. */
const SCALE_DOWN_SECONDS = 600;

/**
 * More replicas while requests wait. Never less than one: nothing holds requests back while there is none.
 *
 * @param queueMetric - gauge of waiting requests
 */
export function buildScaledObject(
  spec: InferenceSpec,
  autoscaling: NonNullable<InferenceSpec['spec']['autoscaling']>,
  queueMetric: string,
): ScaledObject {
  const { metadata } = spec;
  const { namespace } = spec.spec.target;
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: objectMeta(spec),
    spec: {
      scaleTargetRef: { name: metadata.name },
      minReplicaCount: spec.spec.replicas,
      maxReplicaCount: autoscaling.maxReplicas,
      pollingInterval: 15,
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: {
            scaleDown: { stabilizationWindowSeconds: SCALE_DOWN_SECONDS },
          },
        },
      },
      triggers: [
        {
          type: 'prometheus',
          metadata: {
            serverAddress: autoscaling.prometheusUrl,
            // Labels that the ServiceMonitor gives. KEDA divides by the replicas itself.
            query: `sum(${queueMetric}{namespace="${namespace}",service="${metadata.name}"})`,
            threshold: String(autoscaling.waitingRequests ?? DEFAULT_WAITING),
          },
        },
      ],
    },
  };
}
