import {
  ANNOTATIONS,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import type {
  DisruptionBudgetObject,
  ServiceMonitorObject,
  ServiceObject,
} from '../objects/access';
import type { DeploymentObject } from '../objects/deployment';
import { settingsDigest } from './environment';
import { ragAnnotations, ragLabels, ragMeta, ragSelector } from './identity';
import { ragContainer, ragPodSpec } from './pod';
import { PORTS } from './ports';

const PORT_NAME = 'http';

/** Until the endpoints of the Service no longer name the pod. */
const DRAIN_SECONDS = 5;

/** The service lets open streams end for 20 s after the drain. */
const GRACE_SECONDS = 40;

/** The pods run without any right in the API: their account exists so that nobody gives rights to `default`. */
export function buildRagAccount(
  spec: RagSpec,
): KubernetesObjectLike & { automountServiceAccountToken: boolean } {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: ragMeta(spec, 'query-api'),
    automountServiceAccountToken: false,
  };
}

/** The API in the cluster. */
export function buildRagService(spec: RagSpec): ServiceObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: ragMeta(spec, 'query-api'),
    spec: {
      type: 'ClusterIP',
      selector: ragSelector(spec, 'query-api'),
      ports: [
        {
          name: PORT_NAME,
          port: PORTS.api,
          targetPort: PORT_NAME,
          protocol: 'TCP',
          appProtocol: 'http',
        },
      ],
    },
  };
}

/** One replica at a time may be evicted; pods that are not ready may always go. */
export function buildRagBudget(spec: RagSpec): DisruptionBudgetObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: ragMeta(spec, 'query-api'),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: ragSelector(spec, 'query-api') },
    },
  };
}

/** Only where monitoring is asked for: without the Prometheus operator the API does not know the kind. */
export function buildRagMonitor(spec: RagSpec): ServiceMonitorObject[] {
  const { monitoring } = spec.spec;
  if (!monitoring) return [];
  return [
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: ragMeta(spec, 'query-api', { labels: monitoring.labels }),
      spec: {
        selector: { matchLabels: ragSelector(spec, 'query-api') },
        endpoints: [{ port: PORT_NAME, path: '/metrics', interval: '30s' }],
      },
    },
  ];
}

/** The pods that answer. */
export function buildRagDeployment(spec: RagSpec): DeploymentObject {
  const { replicas } = spec.spec;
  const annotations = ragAnnotations(spec);
  const selector = ragSelector(spec, 'query-api');
  const probe = (path: string, periodSeconds: number, failures: number) => ({
    httpGet: { path, port: PORT_NAME },
    periodSeconds,
    // Each check of /readyz is bounded to three seconds.
    timeoutSeconds: 5,
    failureThreshold: failures,
  });
  const container = ragContainer(spec, 'api', 'serve', {
    ports: [{ name: PORT_NAME, containerPort: PORTS.api, protocol: 'TCP' }],
    resources: {
      requests: { cpu: '250m', memory: '512Mi' },
      limits: { memory: '1Gi' },
    },
    startupProbe: probe('/healthz', 2, 60),
    livenessProbe: probe('/healthz', 10, 3),
    readinessProbe: probe('/readyz', 10, 2),
    lifecycle: {
      preStop: { exec: { command: ['sleep', `${DRAIN_SECONDS}`] } },
    },
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: ragMeta(spec, 'query-api', { annotations }),
    spec: {
      replicas,
      revisionHistoryLimit: 5,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
      selector: { matchLabels: selector },
      template: {
        metadata: {
          labels: ragLabels(spec, 'query-api'),
          annotations: {
            ...annotations,
            [ANNOTATIONS.configDigest]: settingsDigest(spec),
          },
        },
        spec: {
          ...ragPodSpec(spec, container, '1Gi'),
          terminationGracePeriodSeconds: GRACE_SECONDS,
          ...(replicas > 1
            ? {
                topologySpreadConstraints: [
                  {
                    maxSkew: 1,
                    topologyKey: 'kubernetes.io/hostname',
                    whenUnsatisfiable: 'ScheduleAnyway',
                    labelSelector: { matchLabels: selector },
                  },
                ],
              }
            : {}),
        },
      },
    },
  };
}
