import { ANNOTATIONS, LABELS } from '@promptside/backstage-plugin-genai-common';
import { Container, Probe, Volume } from '../sim/kubeTypes';
import { seedObject, SeedObject } from './SeedObject';
import { SHARED_CLASS } from './storage';

/** Annotation by which a seeded workload says how busy its GPUs are: `idle` holds memory and computes nothing. */
export const LOAD_ANNOTATION = 'promptside.io/simulated-load';

/** A model server of a team. */
export interface ModelServer {
  name: string;
  namespace: string;
  owner: string;
  runtime: 'vllm' | 'tei';
  image: string;
  model: string;
  args: string[];
  resource: string;
  count: number;
  /** Label and value of the node's product. */
  nodeSelector: Record<string, string>;
  memory: string;
  cache: string;
  load?: 'idle';
  /** Name of the catalog entity; absent for a server that nobody registered. */
  entity?: string;
  replicas?: number;
}

const PORTS = { vllm: 8000, tei: 8080 } as const;

const probe = (failureThreshold: number, periodSeconds: number): Probe => ({
  httpGet: { path: '/health', port: 'http' },
  periodSeconds,
  failureThreshold,
  timeoutSeconds: 5,
});

/** Security settings that the Pod Security standard `restricted` asks for. */
export const RESTRICTED_POD = {
  runAsNonRoot: true,
  runAsUser: 10_001,
  runAsGroup: 10_001,
  fsGroup: 10_001,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** The same for a container. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
};

const containerOf = (server: ModelServer): Container => {
  const devices = { [server.resource]: String(server.count) };
  const port = PORTS[server.runtime];
  return {
    name: server.runtime,
    image: server.image,
    imagePullPolicy: 'IfNotPresent',
    args: server.args,
    env: [
      { name: 'HF_HOME', value: '/models' },
      { name: 'HF_HUB_OFFLINE', value: '1' },
    ],
    ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
    resources: {
      requests: { cpu: '4', memory: server.memory, ...devices },
      limits: { cpu: '8', memory: server.memory, ...devices },
    },
    startupProbe: probe(120, 10),
    readinessProbe: probe(3, 10),
    livenessProbe: probe(3, 20),
    // What the engine prints before it dies then stands in the pod's status.
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'models', mountPath: '/models' },
      { name: 'shm', mountPath: '/dev/shm' },
    ],
  };
};

/**
 * Objects of a model server as its team wrote them: claim for the weights, Deployment and Service.
 */
export function modelServerObjects(server: ModelServer): SeedObject[] {
  const { name, namespace, runtime, model } = server;
  const selector = { [LABELS.name]: runtime, [LABELS.instance]: name };
  const labels = {
    ...selector,
    [LABELS.component]: runtime === 'tei' ? 'embedding' : 'model-server',
    [LABELS.purpose]: runtime === 'tei' ? 'embedding' : 'inference',
    [LABELS.runtime]: runtime,
    ...(server.entity && { [LABELS.kubernetesId]: server.entity }),
  };
  const annotations = {
    [ANNOTATIONS.model]: model,
    [ANNOTATIONS.owner]: `group:default/${server.owner}`,
    ...(server.entity && {
      [ANNOTATIONS.entityRef]: `component:default/${server.entity}`,
    }),
    ...(server.load && { [LOAD_ANNOTATION]: server.load }),
  };
  const volumes: Volume[] = [
    { name: 'models', persistentVolumeClaim: { claimName: `${name}-models` } },
    { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } },
  ];
  return [
    seedObject(
      'v1',
      'PersistentVolumeClaim',
      'persistentvolumeclaims',
      { name: `${name}-models`, namespace, labels },
      {
        spec: {
          accessModes: ['ReadWriteMany'],
          storageClassName: SHARED_CLASS,
          resources: { requests: { storage: server.cache } },
          volumeMode: 'Filesystem',
        },
        status: { phase: 'Pending' },
      },
    ),
    seedObject(
      'apps/v1',
      'Deployment',
      'deployments',
      { name, namespace, labels, annotations },
      {
        spec: {
          replicas: server.replicas ?? 1,
          revisionHistoryLimit: 5,
          progressDeadlineSeconds: 1800,
          strategy: { type: 'Recreate' },
          selector: { matchLabels: selector },
          template: {
            metadata: { labels, annotations },
            spec: {
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              terminationGracePeriodSeconds: 60,
              securityContext: RESTRICTED_POD,
              nodeSelector: server.nodeSelector,
              tolerations: [
                {
                  key: taintKeyOf(server.resource),
                  operator: 'Exists',
                  effect: 'NoSchedule',
                },
              ],
              containers: [containerOf(server)],
              volumes,
            },
          },
        },
      },
    ),
    seedObject(
      'v1',
      'Service',
      'services',
      { name, namespace, labels },
      {
        spec: {
          type: 'ClusterIP',
          selector,
          ports: [
            {
              name: 'http',
              port: PORTS[runtime],
              targetPort: 'http',
              protocol: 'TCP',
            },
          ],
        },
      },
    ),
  ];
}

/** Nodes with MIG slices carry the taint of whole GPUs. */
function taintKeyOf(resource: string): string {
  return resource.startsWith('nvidia.com/') ? 'nvidia.com/gpu' : resource;
}
