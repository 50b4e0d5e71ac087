import { isDeepStrictEqual } from 'node:util';
import { KubeObject, ObjectStore, ResourceId } from '../store/ObjectStore';
import { Random } from '../seed/random';
import { Clock } from './Clock';
import { Meta, Pod } from './kubeTypes';
import {
  apiVersionOf,
  GROUP_VERSIONS,
  OPERATOR_RESOURCES,
  SimResource,
  SimResources,
} from './resources';

/** One change of a resource the simulation follows. */
export interface ClusterChange {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: SimResource;
  object: SimResources[SimResource];
}

/**
 * The API server as the controllers see it: typed reads, writes that change nothing when nothing differs, and the two
 * look-ups that would otherwise cost a walk over all objects.
 */
export interface Cluster {
  readonly clock: Clock;
  readonly random: Random;
  /** Now, in RFC 3339 with whole seconds as Kubernetes prints it. */
  timestamp(): string;
  get<R extends SimResource>(
    resource: R,
    namespace: string | undefined,
    name: string,
  ): SimResources[R] | undefined;
  list<R extends SimResource>(
    resource: R,
    namespace?: string,
  ): SimResources[R][];
  /** Creates with a seeded uid and the clock's time. Throws what admission and validation throw. */
  create<R extends SimResource>(
    resource: R,
    object: SimResources[R],
  ): SimResources[R];
  /** Replaces an object by what `change` returns; writes only when it differs; does nothing when it is gone. */
  modify<R extends SimResource>(
    resource: R,
    object: SimResources[R],
    change: (current: SimResources[R]) => SimResources[R],
    subresource?: 'status',
  ): SimResources[R] | undefined;
  /** Deletes; a pod on a node ends gracefully unless `graceSeconds` is 0. An object that is gone is no error. */
  remove<R extends SimResource>(
    resource: R,
    object: SimResources[R],
    graceSeconds?: number,
  ): void;
  /** Pods or ReplicaSets whose controller has this uid. */
  controlledBy<R extends 'pods' | 'replicasets'>(
    resource: R,
    uid: string | undefined,
  ): SimResources[R][];
  /** Pods bound to a node, ended ones among them. */
  podsOnNode(node: string): Pod[];
  subscribe(listener: (change: ClusterChange) => void): void;
  stop(): void;
}

/** Gives a new object of a controller what the API server gives one of a client: defaults, a cluster IP. */
export type CompleteObject = (
  resource: ResourceId,
  object: KubeObject,
) => KubeObject;

/** RFC 3339 with whole seconds. */
export function formatTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const RESOURCES = Object.keys(GROUP_VERSIONS) as SimResource[];

const resourceIds = Object.fromEntries(
  RESOURCES.map(plural => {
    const { group, version } = GROUP_VERSIONS[plural];
    return [plural, { group, version, plural }];
  }),
) as Record<SimResource, ResourceId>;

type AnyObject = SimResources[SimResource];

/** Objects by a key that one of their fields gives. */
class Index {
  private readonly byKey = new Map<string, Map<string, AnyObject>>();

  constructor(
    private readonly keyOf: (object: AnyObject) => string | undefined,
  ) {}

  set(object: AnyObject) {
    const key = this.keyOf(object);
    if (key) {
      const entries = this.byKey.get(key) ?? new Map<string, AnyObject>();
      entries.set(object.metadata.uid ?? '', object);
      this.byKey.set(key, entries);
    }
  }

  delete(object: AnyObject) {
    const key = this.keyOf(object);
    const entries = key && this.byKey.get(key);
    if (key && entries) {
      entries.delete(object.metadata.uid ?? '');
      if (entries.size === 0) {
        this.byKey.delete(key);
      }
    }
  }

  get(key: string | undefined): AnyObject[] {
    return key ? [...(this.byKey.get(key)?.values() ?? [])] : [];
  }
}

const controllerUid = (object: { metadata: Meta }) =>
  object.metadata.ownerReferences?.find(owner => owner.controller)?.uid;

/**
 * Opens the view. It reads the pods and ReplicaSets that are there once and follows the store from then on.
 */
export function createCluster(options: {
  store: ObjectStore;
  clock: Clock;
  random: Random;
  complete?: CompleteObject;
}): Cluster {
  const { store, clock, random, complete = (_, object) => object } = options;
  const isServed = (resource: SimResource) =>
    !OPERATOR_RESOURCES.has(resource) ||
    store.registry.find(resourceIds[resource]) !== undefined;
  const listeners: Array<(change: ClusterChange) => void> = [];
  const podsByController = new Index(controllerUid);
  const podsByNode = new Index(pod => (pod as Pod).spec.nodeName);
  const replicaSetsByController = new Index(controllerUid);
  const uids = random.fork(`uids/${clock.now()}`);

  const indices: Partial<Record<SimResource, Index[]>> = {
    pods: [podsByController, podsByNode],
    replicasets: [replicaSetsByController],
  };
  const track = (change: ClusterChange) => {
    for (const index of indices[change.resource] ?? []) {
      if (change.type === 'DELETED') {
        index.delete(change.object);
      } else {
        index.set(change.object);
      }
    }
  };

  for (const resource of ['pods', 'replicasets'] as const) {
    for (const object of store.list(resourceIds[resource])) {
      track({
        type: 'ADDED',
        resource,
        object: object as unknown as SimResources[SimResource],
      });
    }
  }

  const unsubscribe = store.subscribe(event => {
    const resource = event.resource.plural as SimResource;
    const known = GROUP_VERSIONS[resource];
    if (known && known.group === event.resource.group) {
      const change = {
        type: event.type,
        resource,
        object: event.object as unknown as SimResources[SimResource],
      };
      track(change);
      listeners.forEach(listener => listener(change));
    }
  });

  return {
    clock,
    random,
    timestamp: () => formatTime(clock.now()),
    get: (resource, namespace, name) =>
      (isServed(resource)
        ? store.get(resourceIds[resource], namespace, name)
        : undefined) as never,
    list: (resource, namespace) =>
      (isServed(resource)
        ? store.list(resourceIds[resource], { namespace })
        : []) as never,
    create(resource, object) {
      const metadata: Meta = {
        ...object.metadata,
        uid: object.metadata.uid ?? uids.uuid(),
        creationTimestamp:
          object.metadata.creationTimestamp ?? formatTime(clock.now()),
      };
      const whole = {
        ...object,
        apiVersion: apiVersionOf(resource),
        kind: GROUP_VERSIONS[resource].kind,
        metadata,
      } as KubeObject;
      return store.create(
        resourceIds[resource],
        complete(resourceIds[resource], whole),
      ) as never;
    },
    modify(resource, object, change, subresource) {
      const { namespace, name, uid } = object.metadata;
      const current = store.get(resourceIds[resource], namespace, name) as
        SimResources[typeof resource] | undefined;
      if (!current || current.metadata.uid !== uid) {
        return undefined;
      }
      const next = change(current);
      if (isDeepStrictEqual(next, current)) {
        return current;
      }
      return store.update(resourceIds[resource], next as KubeObject, {
        subresource,
      }) as never;
    },
    remove(resource, object, graceSeconds) {
      const { namespace, name, uid } = object.metadata;
      const current = store.get(resourceIds[resource], namespace, name);
      if (current?.metadata.uid === uid) {
        store.delete(resourceIds[resource], namespace, name, {
          gracePeriodSeconds: graceSeconds,
        });
      }
    },
    controlledBy: (resource, uid) =>
      (resource === 'pods'
        ? podsByController.get(uid)
        : replicaSetsByController.get(uid)) as never,
    podsOnNode: node => podsByNode.get(node) as Pod[],
    subscribe: listener => {
      listeners.push(listener);
    },
    stop: unsubscribe,
  };
}
