import { findCondition } from '../../conditions';
import { Condition, Container, EnvVar, PodSpec } from '../../kubeTypes';
import { NimService } from '../../operatorTypes';
import { Deployment } from '../../workloadTypes';
import { OperatorSpoke } from './OperatorSpoke';

const PORT = 8000;

const portOf = ({ spec }: NimService) => spec.expose?.service?.port ?? PORT;

/** Path of the image, which is the model's name: `meta/llama-3.1-8b-instruct`. */
const modelNameOf = ({ spec }: NimService) =>
  /(?:^|\/)nim\/(.+)$/.exec(spec.image.repository)?.[1] ??
  spec.image.repository;

const claimOf = ({ metadata, spec }: NimService): string | undefined => {
  const pvc = spec.storage?.pvc;
  return pvc?.name ?? (pvc?.create ? `${metadata.name}-pvc` : undefined);
};

const podSpecOf = (service: NimService): PodSpec => {
  const { metadata, spec } = service;
  const secret: EnvVar[] = spec.authSecret
    ? [
        {
          name: 'NGC_API_KEY',
          valueFrom: {
            secretKeyRef: { name: spec.authSecret, key: 'NGC_API_KEY' },
          },
        },
      ]
    : [];
  const probe = (
    own: { enabled?: boolean; probe?: Container['readinessProbe'] } | undefined,
    path: string,
  ) =>
    own?.enabled === false
      ? undefined
      : (own?.probe ?? { httpGet: { path, port: 'api' }, periodSeconds: 10 });
  const claim = claimOf(service);
  const container: Container = {
    name: `${metadata.name}-ctr`,
    image: `${spec.image.repository}:${spec.image.tag}`,
    imagePullPolicy: spec.image.pullPolicy ?? 'IfNotPresent',
    env: [
      { name: 'NIM_CACHE_PATH', value: '/model-store' },
      ...secret,
      { name: 'NIM_SERVER_PORT', value: String(PORT) },
      ...(spec.env ?? []),
    ],
    ports: [{ name: 'api', containerPort: PORT, protocol: 'TCP' }],
    resources: spec.resources,
    startupProbe: probe(spec.startupProbe, '/v1/health/ready'),
    readinessProbe: probe(spec.readinessProbe, '/v1/health/ready'),
    livenessProbe: probe(spec.livenessProbe, '/v1/health/live'),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      ...(claim ? [{ name: 'model-store', mountPath: '/model-store' }] : []),
      { name: 'dshm', mountPath: '/dev/shm' },
    ],
  };
  return {
    nodeSelector: spec.nodeSelector,
    tolerations: spec.tolerations,
    securityContext: {
      runAsUser: spec.userID ?? 1000,
      runAsGroup: spec.groupID ?? 2000,
      fsGroup: spec.groupID ?? 2000,
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    volumes: [
      ...(claim
        ? [{ name: 'model-store', persistentVolumeClaim: { claimName: claim } }]
        : []),
      {
        name: 'dshm',
        emptyDir: {
          medium: 'Memory',
          sizeLimit: spec.storage?.sharedMemorySizeLimit,
        },
      },
    ],
  };
};

/** Whether the Deployment is rolled out, in the operator's words (isDeploymentReady of 3.1). */
const readiness = (deployment: Deployment | undefined) => {
  if (!deployment) return { isReady: false, message: '' };
  const { name } = deployment.metadata;
  const wanted = deployment.spec.replicas ?? 1;
  const {
    updatedReplicas = 0,
    availableReplicas = 0,
    conditions,
  } = deployment.status ?? {};
  const waits = (what: string) => ({
    isReady: false,
    message: `Waiting for deployment "${name}" rollout to finish: ${what}...\n`,
  });
  if (wanted === 0) {
    return { isReady: false, message: `deployment "${name}" is scaled down` };
  }
  if (
    findCondition(conditions, 'Progressing')?.reason ===
    'ProgressDeadlineExceeded'
  ) {
    return {
      isReady: false,
      message: `deployment "${name}" exceeded its progress deadline`,
    };
  }
  if (updatedReplicas < wanted) {
    return waits(
      `${updatedReplicas} out of ${wanted} new replicas have been updated`,
    );
  }
  return availableReplicas < updatedReplicas
    ? waits(
        `${availableReplicas} of ${updatedReplicas} updated replicas are available`,
      )
    : {
        isReady: true,
        message: `deployment "${name}" successfully rolled out\n`,
      };
};

/** NVIDIA's NIM operator on plain Deployments. It has no NIMCaches: one that is asked for is never found. */
export const nimServiceSpoke: OperatorSpoke<'nimservices'> = {
  component: 'nimservice-controller',
  resource: 'nimservices',
  kind: 'NIMService',
  dependents: ['deployments', 'services'],
  parts(service) {
    const { metadata, spec } = service;
    const { name } = metadata;
    const cache = spec.storage?.nimCache?.name;
    if (cache) {
      return {
        reason: 'NIMCacheNotFound',
        message: `NIMCache ${cache} not found`,
      };
    }
    const selector = { app: name };
    const labels = {
      ...spec.labels,
      ...selector,
      'app.kubernetes.io/managed-by': 'k8s-nim-operator',
    };
    const port = portOf(service);
    return [
      {
        resource: 'deployments',
        object: {
          metadata: { name, labels, annotations: spec.annotations },
          spec: {
            replicas: spec.replicas ?? 1,
            selector: { matchLabels: selector },
            template: {
              metadata: { labels, annotations: spec.annotations },
              spec: podSpecOf(service),
            },
          },
        },
      },
      {
        resource: 'services',
        object: {
          metadata: { name, labels },
          spec: {
            type: spec.expose?.service?.type ?? 'ClusterIP',
            selector,
            ports: [{ name: 'api', port, targetPort: 'api', protocol: 'TCP' }],
          },
        },
      },
    ];
  },
  status(service, { cluster, refusal }) {
    const { name, namespace } = service.metadata;
    if (refusal) {
      return {
        state: 'Failed',
        conditions: [
          { type: 'Ready', status: 'False', reason: 'Failed', message: '' },
          { type: 'Failed', status: 'True', ...refusal },
        ],
      };
    }
    const deployment = cluster.get('deployments', namespace, name);
    const { isReady, message } = readiness(deployment);
    const conditions: Condition[] = [
      {
        type: 'Ready',
        status: isReady ? 'True' : 'False',
        reason: isReady ? 'Ready' : 'NotReady',
        message,
      },
      {
        type: 'Failed',
        status: 'False',
        reason: 'Ready',
        message: isReady ? '' : message,
      },
    ];
    return {
      state: isReady ? 'Ready' : 'NotReady',
      availableReplicas: deployment?.status?.availableReplicas ?? 0,
      ...(isReady
        ? {
            model: {
              name: modelNameOf(service),
              clusterEndpoint: `${name}.${namespace}.svc.cluster.local:${portOf(service)}`,
              externalEndpoint: '',
            },
          }
        : {}),
      conditions,
    };
  },
};
