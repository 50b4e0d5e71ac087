import type { V1EnvVar, V1Probe, V1Toleration } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { placement, type ServingParts } from './deployment';
import {
  objectLabels,
  objectMeta,
  queueLabels,
  workloadAnnotations,
} from './identity';

/** NIMService of NVIDIA's NIM operator as we write it. Fields: config/crd at f63f74d (3.1). */
export interface NimServiceObject extends KubernetesObjectLike {
  spec: {
    image: {
      repository: string;
      tag: string;
      pullPolicy: string;
      pullSecrets?: string[];
    };
    authSecret?: string;
    replicas: number;
    labels: { [key: string]: string };
    annotations: { [key: string]: string };
    env: V1EnvVar[];
    storage: { pvc: { name: string }; sharedMemorySizeLimit: string };
    resources: {
      requests?: { [key: string]: string };
      limits?: { [key: string]: string };
    };
    nodeSelector?: { [key: string]: string };
    tolerations?: V1Toleration[];
    userID: number;
    groupID: number;
    expose: { service: { type: string; port: number } };
    startupProbe: { enabled: true; probe: V1Probe };
    readinessProbe: { enabled: true; probe: V1Probe };
    livenessProbe: { enabled: true; probe: V1Probe };
    metrics?: {
      enabled: true;
      serviceMonitor: {
        additionalLabels?: { [key: string]: string };
        interval: string;
      };
    };
  };
}

/** The service; the operator makes Deployment, Service, account and monitor of it. */
export function buildNimService(
  spec: InferenceSpec,
  parts: ServingParts,
  options: { cacheClaim: string; port: number; sharedMemoryGib: number },
): NimServiceObject {
  const { engine, replicas, monitoring } = spec.spec;
  const { container, security } = parts;
  const { image = '', env = [], resources = {} } = container;
  const colon = image.lastIndexOf(':');
  const annotations = workloadAnnotations(spec);
  return {
    apiVersion: 'apps.nvidia.com/v1alpha1',
    kind: 'NIMService',
    metadata: objectMeta(spec, { annotations, labels: queueLabels(spec) }),
    spec: {
      image: {
        repository: image.slice(0, colon),
        tag: image.slice(colon + 1),
        pullPolicy: 'IfNotPresent',
        ...(engine.imagePullSecret
          ? { pullSecrets: [engine.imagePullSecret] }
          : {}),
      },
      ...(engine.authSecret ? { authSecret: engine.authSecret } : {}),
      replicas,
      labels: { ...objectLabels(spec), ...queueLabels(spec) },
      annotations,
      env,
      storage: {
        pvc: { name: options.cacheClaim },
        sharedMemorySizeLimit: `${options.sharedMemoryGib}Gi`,
      },
      resources: { requests: resources.requests, limits: resources.limits },
      ...placement(spec),
      userID: security.userId,
      groupID: security.userId,
      expose: { service: { type: 'ClusterIP', port: options.port } },
      startupProbe: { enabled: true, probe: container.startupProbe! },
      readinessProbe: { enabled: true, probe: container.readinessProbe! },
      livenessProbe: { enabled: true, probe: container.livenessProbe! },
      ...(monitoring
        ? {
            metrics: {
              enabled: true,
              serviceMonitor: {
                ...(monitoring.labels
                  ? { additionalLabels: monitoring.labels }
                  : {}),
                interval: '30s',
              },
            },
          }
        : {}),
    },
  };
}
