import type { WorkloadFact } from './Fact';
import { asNamespaced } from './identity';
import { linkOf, readConditions } from './projectWorkload';

interface RawMilvus {
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

/** The Milvus resource of its operator. Replicas are those of all components together. */
export function projectMilvus(raw: unknown): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { status } = raw as RawMilvus;
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
