import type {
  V1PodDisruptionBudgetSpec,
  V1ServiceSpec,
} from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { objectMeta, selectorLabels } from './identity';

/** Named port of the API. */
export interface EndpointPort {
  name: string;
  port: number;
}

/** A Service as we write it. */
export interface ServiceObject extends KubernetesObjectLike {
  spec: V1ServiceSpec;
}

/** A PodDisruptionBudget as we write it. */
export interface DisruptionBudgetObject extends KubernetesObjectLike {
  spec: V1PodDisruptionBudgetSpec;
}

/** A ServiceMonitor of the Prometheus operator as we write it. */
export interface ServiceMonitorObject extends KubernetesObjectLike {
  spec: {
    selector: { matchLabels: { [key: string]: string } };
    endpoints: { port: string; path: string; interval: string }[];
  };
}

/** A PodMonitor of the Prometheus operator as we write it. */
export interface PodMonitorObject extends KubernetesObjectLike {
  spec: {
    selector: { matchLabels: { [key: string]: string } };
    podMetricsEndpoints: { port: string; path: string; interval: string }[];
  };
}

/** The pods run without any right in the API: their account exists so that nobody gives rights to `default`. */
export function buildServiceAccount(
  spec: InferenceSpec,
): KubernetesObjectLike & { automountServiceAccountToken: boolean } {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: objectMeta(spec),
    automountServiceAccountToken: false,
  };
}

/** The address in the cluster. */
export function buildService(
  spec: InferenceSpec,
  ports: readonly EndpointPort[],
): ServiceObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: objectMeta(spec),
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(spec),
      ports: ports.map(({ name, port }) => ({
        name,
        port,
        targetPort: name,
        protocol: 'TCP',
        appProtocol: 'http',
      })),
    },
  };
}

/**
 * One replica at a time may be evicted. With a single replica that protects nothing, but a budget that did would keep the
 * node from ever being drained. Pods that are not ready may always go.
 */
export function buildDisruptionBudget(
  spec: InferenceSpec,
): DisruptionBudgetObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: objectMeta(spec),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(spec) },
    },
  };
}

/** Only where monitoring is asked for: without the Prometheus operator the API does not know the kind. */
export function buildServiceMonitor(
  spec: InferenceSpec,
  port: string,
  path: string,
): ServiceMonitorObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: objectMeta(spec, { labels: spec.spec.monitoring?.labels }),
    spec: {
      selector: { matchLabels: selectorLabels(spec) },
      endpoints: [{ port, path, interval: '30s' }],
    },
  };
}

/** Where the Service in front of the pods is not ours, and so neither are its labels and port names. */
export function buildPodMonitor(
  spec: InferenceSpec,
  port: string,
  path: string,
): PodMonitorObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: objectMeta(spec, { labels: spec.spec.monitoring?.labels }),
    spec: {
      selector: { matchLabels: selectorLabels(spec) },
      podMetricsEndpoints: [{ port, path, interval: '30s' }],
    },
  };
}
