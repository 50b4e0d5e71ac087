import type { RawObject, RawPodTemplate } from '../facts/raw';
import { createClusterState } from '../state/createClusterState';
import type { ClusterState } from '../state/ClusterState';
import { madeByOperator, withOperatorStatus } from './operators';
import type { AddedKnowledge } from '../state/AddedKnowledge';
import { watchedResources } from '../state/watchedResources';
import type { Fact, ResourceKey } from '../facts/Fact';

/** How the cluster that is played behaves. */
export interface ObserveOptions {
  /** Name of the cluster; default `test`. */
  cluster?: string;
  /** Pods are bound and ready (default), or wait without a node. */
  pods?: 'Ready' | 'Unscheduled';
  /** KServe and the NIM operator make their parts; absent: the objects say everything themselves. */
  operators?: true;
  /** What modules added to the reader. */
  added?: AddedKnowledge;
}

const KEYS: Readonly<Record<string, ResourceKey>> = {
  Namespace: 'namespaces',
  Node: 'nodes',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  ReplicaSet: 'replicasets',
  Job: 'jobs',
  Pod: 'pods',
  Service: 'services',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  ResourceQuota: 'resourcequotas',
  LocalQueue: 'localqueues',
  ClusterQueue: 'clusterqueues',
  Cohort: 'cohorts',
  ResourceFlavor: 'resourceflavors',
  StorageClass: 'storageclasses',
  Event: 'events',
  CustomResourceDefinition: 'customresourcedefinitions',
  InferenceService: 'inferenceservices',
  LLMInferenceService: 'llminferenceservices',
  NIMService: 'nimservices',
  Workspace: 'kaitoworkspaces',
  Model: 'kubeaimodels',
  Cluster: 'cnpgclusters',
  Backup: 'cnpgbackups',
  ScheduledBackup: 'cnpgscheduledbackups',
  Milvus: 'milvuses',
};

/**
 * What live state would know after a cluster has taken these objects: Deployments grow a ReplicaSet and pods, StatefulSets and
 * Jobs pods, then everything goes through the same projections and reducer as in production. Names, uids and times are made
 * from the objects alone, so two runs are equal. Objects of kinds that nobody watches are ignored, as in production.
 */
export function observe(
  objects: readonly unknown[],
  options: ObserveOptions = {},
): ClusterState {
  const state = createClusterState(options.cluster ?? 'test');
  const given = objects.map(object => identified(object as RawObject));
  const nodes = given.filter(({ kind }) => kind === 'Node');
  const operated = options.operators
    ? given.flatMap(object => [
        withOperatorStatus(object, options),
        ...madeByOperator(object).map(part => identified(part)),
      ])
    : given;
  const all = operated.flatMap(object => [
    withStatus(object, options),
    ...grow(object, nodes, options),
  ]);
  const facts = new Map<ResourceKey, Fact[]>();
  for (const { key, project } of watchedResources(options.added)) {
    const projected = all
      .filter(({ kind }) => KEYS[kind ?? ''] === key)
      .flatMap(object => project(object) ?? []);
    facts.set(key, projected);
  }
  for (const [key, list] of facts) state.replace(key, list);
  return state;
}

function identified(object: RawObject): RawObject {
  const { name = '', namespace, uid } = object.metadata ?? {};
  const clusterWide = [
    'Node',
    'Namespace',
    'StorageClass',
    'CustomResourceDefinition',
    'ClusterQueue',
    'Cohort',
    'ResourceFlavor',
  ].includes(object.kind ?? '');
  const home = clusterWide ? undefined : (namespace ?? 'default');
  return {
    ...object,
    metadata: {
      generation: 1,
      creationTimestamp: '2026-11-01T08:00:00Z',
      ...object.metadata,
      ...(home ? { namespace: home } : {}),
      uid: uid ?? [object.kind, home, name].filter(Boolean).join(':'),
    },
  };
}

function withStatus(object: RawObject, options: ObserveOptions): RawObject {
  if (object.status || !isRollout(object)) return object;
  const desired = object.spec?.replicas ?? 1;
  const ready = options.pods === 'Unscheduled' ? 0 : desired;
  return {
    ...object,
    status: {
      observedGeneration: object.metadata?.generation,
      replicas: desired,
      updatedReplicas: desired,
      readyReplicas: ready,
      conditions: [
        {
          type: 'Available',
          status: ready === desired ? 'True' : 'False',
          reason:
            ready === desired
              ? 'MinimumReplicasAvailable'
              : 'MinimumReplicasUnavailable',
        },
      ],
    },
  };
}

function isRollout({ kind }: RawObject): boolean {
  return kind === 'Deployment' || kind === 'StatefulSet';
}

function grow(
  object: RawObject,
  nodes: readonly RawObject[],
  options: ObserveOptions,
): RawObject[] {
  const { kind, spec } = object;
  const template = spec?.template;
  if (!template) return [];
  const replicas = spec.replicas ?? spec.parallelism ?? 1;
  if (kind === 'Deployment') {
    const set = identified({
      kind: 'ReplicaSet',
      metadata: {
        ...object.metadata,
        uid: undefined,
        name: `${object.metadata?.name}-5d4f8c7b9`,
        ownerReferences: [controllerOf(object)],
      },
      spec: { replicas, template },
      status: { replicas },
    });
    return [set, ...growPods(set, template, replicas, nodes, options)];
  }
  return kind === 'StatefulSet' || kind === 'Job'
    ? growPods(object, template, replicas, nodes, options)
    : [];
}

function growPods(
  parent: RawObject,
  template: RawPodTemplate,
  replicas: number,
  nodes: readonly RawObject[],
  options: ObserveOptions,
): RawObject[] {
  const waits = options.pods === 'Unscheduled';
  const at = '2026-11-01T08:00:10Z';
  return Array.from({ length: replicas }, (_, index) =>
    identified({
      kind: 'Pod',
      metadata: {
        ...template.metadata,
        name: `${parent.metadata?.name}-${index}`,
        namespace: parent.metadata?.namespace,
        ownerReferences: [controllerOf(parent)],
      },
      spec: {
        ...template.spec,
        ...(waits ? {} : { nodeName: nodeFor(template, nodes) }),
      },
      status: {
        phase: waits ? 'Pending' : 'Running',
        conditions: waits
          ? [
              {
                type: 'PodScheduled',
                status: 'False',
                reason: 'Unschedulable',
                message: '0/1 nodes are available: 1 Insufficient GPUs.',
              },
            ]
          : [
              { type: 'PodScheduled', status: 'True', lastTransitionTime: at },
              { type: 'Ready', status: 'True', lastTransitionTime: at },
            ],
        containerStatuses: waits
          ? []
          : (template.spec?.containers ?? []).map(({ name }) => ({
              name,
              ready: true,
              restartCount: 0,
              state: { running: {} },
            })),
      },
    }),
  );
}

/** The first node that offers every extended resource of the template, else a node without devices. */
function nodeFor(
  template: RawPodTemplate,
  nodes: readonly RawObject[],
): string {
  const wanted = (template.spec?.containers ?? []).flatMap(({ resources }) =>
    Object.keys(resources?.limits ?? {}).filter(name => name.includes('/')),
  );
  const fitting = nodes.find(({ status }) =>
    wanted.every(name => status?.allocatable?.[name] !== undefined),
  );
  return fitting?.metadata?.name ?? 'node-without-devices';
}

function controllerOf(object: RawObject) {
  return {
    kind: object.kind,
    name: object.metadata?.name,
    uid: object.metadata?.uid,
    controller: true,
  };
}
