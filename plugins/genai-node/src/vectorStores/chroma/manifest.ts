import {
  LABELS,
  type VectorStoreSpec,
} from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../../manifests/KubernetesObjectLike';
import {
  storeAnnotations,
  storeMeta,
} from '../../manifests/vectorStore/identity';
import { buildStorePolicy } from '../../manifests/vectorStore/storePolicy';
import { CHROMA_CHART, CHROMA_DATA, CHROMA_IMAGE, CHROMA_PORT } from './chart';

/** A StatefulSet or Service as far as it is written here. */
interface ChromaObject extends KubernetesObjectLike {
  spec: object;
}

const RESOURCES = {
  // HNSW lives in memory: a million vectors of 1,024 dimensions take some 4.5 GB
  requests: { cpu: '500m', memory: '2Gi' },
  limits: { memory: '4Gi' },
};

const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
};

/** Labels by which the chart selects its pods. */
function selector(spec: VectorStoreSpec) {
  return {
    [LABELS.name]: CHROMA_CHART.name,
    [LABELS.instance]: spec.metadata.name,
  };
}

/**
 * Chroma as one writer on one volume that outlives it. What cannot be changed later (selector, claim template, Service name) is as
 * the chart makes it, so that the chart can take over. Nobody logs in to Chroma since 1.0: the NetworkPolicy is its only door.
 */
export function chromaManifest(spec: VectorStoreSpec): KubernetesObjectLike[] {
  const labels = selector(spec);
  const { size, storageClassName } = spec.spec.storage;
  const port = { name: 'http', containerPort: CHROMA_PORT, protocol: 'TCP' };
  const service: ChromaObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: storeMeta(spec, { labels }),
    spec: {
      type: 'ClusterIP',
      selector: labels,
      ports: [
        {
          name: 'http',
          port: CHROMA_PORT,
          targetPort: 'http',
          protocol: 'TCP',
        },
      ],
    },
  };
  const probe = { tcpSocket: { port: CHROMA_PORT } };
  const statefulSet: ChromaObject = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: storeMeta(spec, { labels }),
    spec: {
      serviceName: spec.metadata.name,
      podManagementPolicy: 'Parallel',
      replicas: 1,
      selector: { matchLabels: labels },
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
      },
      template: {
        metadata: {
          labels: storeMeta(spec, { labels }).labels,
          annotations: storeAnnotations(spec),
        },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: POD_SECURITY,
          // SQLite wants its last writes on the disk
          terminationGracePeriodSeconds: 60,
          containers: [
            {
              name: 'chromadb',
              image: `${CHROMA_IMAGE.repository}:${CHROMA_IMAGE.tag}`,
              imagePullPolicy: 'IfNotPresent',
              args: [
                'run',
                '--host',
                '0.0.0.0',
                '--port',
                String(CHROMA_PORT),
                '--path',
                CHROMA_DATA,
              ],
              ports: [port],
              resources: RESOURCES,
              startupProbe: {
                ...probe,
                periodSeconds: 5,
                failureThreshold: 60,
              },
              readinessProbe: {
                httpGet: { path: '/api/v2/heartbeat', port: 'http' },
                periodSeconds: 10,
                timeoutSeconds: 5,
              },
              livenessProbe: {
                ...probe,
                periodSeconds: 20,
                failureThreshold: 6,
              },
              securityContext: CONTAINER_SECURITY,
              volumeMounts: [{ name: 'data', mountPath: CHROMA_DATA }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            ...(storageClassName ? { storageClassName } : {}),
            resources: { requests: { storage: size } },
          },
        },
      ],
    },
  };
  return [
    buildStorePolicy(spec, { matchLabels: labels, ports: [CHROMA_PORT] }),
    service,
    statefulSet,
  ];
}

/** Values for the chart that give the same store. */
export function chromaValues(spec: VectorStoreSpec): object {
  const { size, storageClassName } = spec.spec.storage;
  return {
    fullnameOverride: spec.metadata.name,
    // Chroma has one writer: more replicas would be more stores
    replicaCount: 1,
    image: { repository: CHROMA_IMAGE.repository, pullPolicy: 'IfNotPresent' },
    chromadb: {
      apiVersion: CHROMA_IMAGE.tag,
      isPersistent: true,
      persistDirectory: CHROMA_DATA,
      serverHost: '0.0.0.0',
      serverHttpPort: CHROMA_PORT,
      allowReset: false,
      data: {
        volumeSize: size,
        ...(storageClassName ? { storageClass: storageClassName } : {}),
        accessModes: ['ReadWriteOnce'],
        retentionPolicyOnDelete: 'Retain',
      },
      // read by servers before 1.0 only
      auth: { enabled: false },
    },
    podSpec: {
      securityContext: POD_SECURITY,
      podAnnotations: storeAnnotations(spec),
      terminationGracePeriodSeconds: 60,
    },
    resources: RESOURCES,
  };
}
