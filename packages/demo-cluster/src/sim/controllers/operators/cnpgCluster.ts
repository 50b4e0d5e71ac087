import { Cluster } from '../../Cluster';
import { withCondition } from '../../conditions';
import { Container, PodTemplate } from '../../kubeTypes';
import { buildPod, controllerReference } from '../../podFactory';
import { PodControl } from '../../PodControl';
import { isPodActive, isPodReady } from '../../podReadiness';
import { objectKey, SimController, splitKey } from '../../SimController';
import { CnpgCluster, CnpgStorage } from '../../storeTypes';
import { ownerKeys } from '../ownerKeys';
import { cnpgSecret } from './cnpgSecret';

const COMPONENT = 'cloudnative-pg';
const IMAGE = 'ghcr.io/cloudnative-pg/postgresql:18.6-standard-trixie';
const LABEL = 'cnpg.io/cluster';

const SERVICES = [
  { suffix: 'rw', role: 'primary' },
  { suffix: 'ro', role: 'replica' },
  { suffix: 'r', role: undefined },
] as const;

const sizeOf = ({ size, pvcTemplate }: CnpgStorage) =>
  pvcTemplate?.resources?.requests?.storage ?? size ?? '1Gi';

const instanceName = ({ metadata }: CnpgCluster, index: number) =>
  `${metadata.name}-${index + 1}`;

/** The one whose pod is ready and was the primary, or the first. */
const primaryOf = (object: CnpgCluster) =>
  (object.status?.currentPrimary as string | undefined) ??
  instanceName(object, 0);

const templateOf = (object: CnpgCluster, instance: string): PodTemplate => {
  const { metadata, spec } = object;
  const security = {
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
  const container: Container = {
    name: 'postgres',
    image: spec.imageName ?? IMAGE,
    command: ['/controller/manager', 'instance', 'run'],
    ports: [
      { name: 'postgresql', containerPort: 5432, protocol: 'TCP' },
      { name: 'metrics', containerPort: 9187, protocol: 'TCP' },
      { name: 'status', containerPort: 8000, protocol: 'TCP' },
    ],
    resources: spec.resources,
    readinessProbe: { tcpSocket: { port: 'postgresql' }, periodSeconds: 10 },
    securityContext: {
      ...security,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [{ name: 'pgdata', mountPath: '/var/lib/postgresql/data' }],
  };
  return {
    metadata: {
      labels: {
        ...spec.inheritedMetadata?.labels,
        [LABEL]: metadata.name,
        'cnpg.io/instanceName': instance,
        'cnpg.io/podRole': 'instance',
        'cnpg.io/instanceRole':
          instance === primaryOf(object) ? 'primary' : 'replica',
      },
      annotations: spec.inheritedMetadata?.annotations,
    },
    spec: {
      securityContext: { ...security, runAsUser: 26, runAsGroup: 26 },
      containers: [container],
      volumes: [
        { name: 'pgdata', persistentVolumeClaim: { claimName: instance } },
        ...(spec.walStorage
          ? [
              {
                name: 'pg-wal',
                persistentVolumeClaim: { claimName: `${instance}-wal` },
              },
            ]
          : []),
      ],
    },
  };
};

/** CloudNativePG: claims, pods and Services of its own for each Cluster. A failover is played, the data is not. */
export function createCnpgClusterController(
  cluster: Cluster,
  pods: PodControl,
): SimController {
  const ensureClaim = (
    owner: CnpgCluster,
    name: string,
    role: string,
    storage: CnpgStorage,
  ) => {
    const { namespace } = owner.metadata;
    if (cluster.get('persistentvolumeclaims', namespace, name)) return;
    const storageClassName =
      storage.pvcTemplate?.storageClassName ?? storage.storageClass;
    cluster.create('persistentvolumeclaims', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        namespace,
        labels: { [LABEL]: owner.metadata.name, 'cnpg.io/pvcRole': role },
        ownerReferences: [controllerReference(owner)],
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: sizeOf(storage) } },
        ...(storageClassName ? { storageClassName } : {}),
      },
    });
  };

  const ensureService = (
    owner: CnpgCluster,
    { suffix, role }: (typeof SERVICES)[number],
  ) => {
    const { namespace, name } = owner.metadata;
    if (cluster.get('services', namespace, `${name}-${suffix}`)) return;
    cluster.create('services', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: `${name}-${suffix}`,
        namespace,
        labels: { [LABEL]: name },
        ownerReferences: [controllerReference(owner)],
      },
      spec: {
        type: 'ClusterIP',
        selector: {
          [LABEL]: name,
          'cnpg.io/podRole': 'instance',
          ...(role ? { 'cnpg.io/instanceRole': role } : {}),
        },
        ports: [
          {
            name: 'postgres',
            port: 5432,
            targetPort: 5432,
            protocol: 'TCP',
          },
        ],
      },
    });
  };

  const ensureSecret = (owner: CnpgCluster) => {
    const secret = cnpgSecret(owner);
    const { namespace, name } = secret.metadata;
    if (!cluster.get('secrets', namespace, name)) {
      cluster.create('secrets', secret);
    }
  };

  const bringTo = (object: CnpgCluster) => {
    const own = cluster
      .controlledBy('pods', object.metadata.uid)
      .filter(isPodActive);
    const wanted = Array.from({ length: object.spec.instances }, (_, index) =>
      instanceName(object, index),
    );
    for (const pod of own) {
      if (!wanted.includes(pod.metadata.name)) {
        pods.remove(object, pod, COMPONENT);
      }
    }
    // One after the other: a replica is made of a primary that runs.
    const missing = wanted.find(
      name => !own.some(({ metadata }) => metadata.name === name),
    );
    const settled = own.every(isPodReady);
    if (!missing || !settled) return;
    ensureClaim(object, missing, 'PG_DATA', object.spec.storage);
    if (object.spec.walStorage) {
      ensureClaim(object, `${missing}-wal`, 'PG_WAL', object.spec.walStorage);
    }
    const pod = buildPod({
      owner: object,
      template: templateOf(object, missing),
      name: missing,
    });
    const made = pods.create(object, pod, COMPONENT);
    if ('refusal' in made) throw made.refusal;
  };

  const writeStatus = (object: CnpgCluster) => {
    const { namespace, name, uid } = object.metadata;
    const own = cluster.controlledBy('pods', uid).filter(isPodActive);
    const ready = own.filter(isPodReady).map(pod => pod.metadata.name);
    const { instances } = object.spec;
    const healthy = ready.length >= instances;
    const started = object.status?.currentPrimary !== undefined;
    const waiting = started
      ? 'Waiting for the instances to become active'
      : 'Setting up primary';
    const now = cluster.timestamp();
    const claims = cluster
      .list('persistentvolumeclaims', namespace)
      .filter(({ metadata }) => metadata.labels?.[LABEL] === name)
      .map(({ metadata }) => metadata.name);
    const kept = own.map(pod => pod.metadata.name);
    const isDangling = (claim: string) =>
      !kept.includes(claim.replace(/-wal$/, ''));
    const primary = primaryOf(object);
    const current = ready.includes(primary) ? primary : ready[0];
    cluster.modify(
      'clusters',
      object,
      before => ({
        ...before,
        status: {
          ...before.status,
          phase: healthy ? 'Cluster in healthy state' : waiting,
          instances: own.length,
          readyInstances: ready.length,
          instancesStatus: { healthy: ready },
          ...(current
            ? {
                currentPrimary: current,
                targetPrimary: current,
                currentPrimaryTimestamp:
                  current === before.status?.currentPrimary
                    ? before.status?.currentPrimaryTimestamp
                    : now,
              }
            : {}),
          pvcCount: claims.length,
          healthyPVC: claims.filter(claim => !isDangling(claim)),
          danglingPVC: claims.filter(isDangling),
          writeService: `${name}-rw`,
          readService: `${name}-r`,
          image: object.spec.imageName ?? IMAGE,
          conditions: withCondition(
            before.status?.conditions ?? [],
            {
              type: 'Ready',
              status: healthy ? 'True' : 'False',
              reason: healthy ? 'ClusterIsReady' : 'ClusterIsNotReady',
              message: healthy ? 'Cluster is Ready' : 'Cluster Is Not Ready',
            },
            now,
          ),
        },
      }),
      'status',
    );
  };

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('clusters').map(objectKey),
    keysOf: change => ownerKeys(change, 'clusters', 'Cluster', ['pods']),
    reconcile(key) {
      const object = cluster.get('clusters', ...splitKey(key));
      if (!object || object.metadata.deletionTimestamp) return;
      ensureSecret(object);
      SERVICES.forEach(service => ensureService(object, service));
      bringTo(object);
      writeStatus(object);
    },
  };
}
