import type { WorkloadFact } from './Fact';
import { asNamespaced } from './identity';
import { linkOf, readConditions } from './projectWorkload';
import type { MilvusFact } from './StoreStatusFact';

interface RawMilvus {
  spec?: {
    mode?: string;
    dependencies?: Record<string, unknown> & { msgStreamType?: string };
  };
  status?: {
    status?: string;
    endpoint?: string;
    currentVersion?: string;
    observedGeneration?: number;
    componentsDeployStatus?: Record<
      string,
      { status?: { replicas?: number; readyReplicas?: number } }
    >;
  };
}

interface RawDependency {
  inCluster?: { deletionPolicy?: string };
  persistence?: { enabled?: boolean; pvcDeletion?: boolean };
}

/** The Milvus resource of its operator. Replicas are those of all components together. */
export function projectMilvus(raw: unknown): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { spec, status } = raw as RawMilvus;
  const components = Object.values(status?.componentsDeployStatus ?? {});
  const total = (field: 'replicas' | 'readyReplicas') =>
    components.reduce((sum, { status: part }) => sum + (part?.[field] ?? 0), 0);
  const { creationTimestamp, name, namespace, generation } = object.metadata;
  return {
    ...linkOf(object, 'milvuses', 'Milvus'),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    store: {
      engine: 'milvus',
      port: 19_530,
      ...(status?.currentVersion ? { version: status.currentVersion } : {}),
      // Rows live in object storage of another workload; what that stands on is not said here.
      persistence: 'Unknown',
      milvus: readParts(spec, status),
    },
    rollout: {
      ...(generation === undefined ? {} : { generation }),
      ...(status?.observedGeneration === undefined
        ? {}
        : { observedGeneration: status.observedGeneration }),
      desired: total('replicas'),
      ready: total('readyReplicas'),
      updated: 0,
      conditions: readConditions(object),
    },
    custom: {
      ...(status?.status ? { phase: status.status } : {}),
      url: `http://${status?.endpoint ?? `${name}-milvus.${namespace}.svc:19530`}`,
    },
  };
}

function readParts(
  spec: RawMilvus['spec'] = {},
  status: RawMilvus['status'] = {},
): MilvusFact {
  const dependencies = spec.dependencies ?? {};
  const stream = dependencies.msgStreamType;
  const mode = spec.mode === 'cluster' ? 'cluster' : 'standalone';
  const queue =
    stream === undefined
      ? undefined
      : (dependencies[stream] as RawDependency | undefined);
  return {
    mode,
    components: Object.entries(status.componentsDeployStatus ?? {})
      .map(([name, { status: part }]) => ({
        name,
        desired: part?.replicas ?? 0,
        ready: part?.readyReplicas ?? 0,
      }))
      .sort((left, right) => (left.name < right.name ? -1 : 1)),
    ...(typeof stream === 'string' ? { messageStream: stream } : {}),
    deletedWith: Object.entries(dependencies)
      .filter(([, part]) => isDeletedWith(part as RawDependency))
      .map(([name]) => name)
      .sort(),
    // Woodpecker writes to the object storage, Pulsar and Kafka keep their own.
    ...(stream === 'rocksmq' || stream === 'natsmq'
      ? { queueIsPersistent: queue?.persistence?.enabled === true }
      : {}),
  };
}

/** The operator deletes what it made unless it is told to retain it. */
function isDeletedWith(part: RawDependency | undefined): boolean {
  return (
    (part?.inCluster !== undefined &&
      part.inCluster.deletionPolicy !== 'Retain') ||
    part?.persistence?.pvcDeletion === true
  );
}
