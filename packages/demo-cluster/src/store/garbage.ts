import { KubeObject, kubeTime, ObjectMeta, StoreEvent } from './ObjectStore';
import type { MemoryStore } from './MemoryStore';
import { ResourceInfo } from './ResourceRegistry';
import { tableKey } from './Table';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/** How deletion is to proceed. */
interface MarkOptions {
  gracePeriodSeconds: number;
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

interface Dependent {
  info: ResourceInfo;
  key: string;
  namespace?: string;
  name: string;
}

/** Removes what nobody owns any more, and what is in a namespace that goes. */
export interface GarbageCollector {
  /** Keeps the index of owners up to date. */
  observe(event: StoreEvent): void;
  /** The object with its deletion timestamp and the finalizers that its policy asks for. */
  mark(
    info: ResourceInfo,
    object: KubeObject,
    options: MarkOptions,
  ): KubeObject;
  /** Whether an object that is marked has nothing left to wait for. */
  mayGo(info: ResourceInfo, object: KubeObject): boolean;
  /** Does what a marked object waits for. */
  afterMark(info: ResourceInfo, object: KubeObject): void;
  /** Goes on with the dependents and the owner of an object that is gone. */
  removed(info: ResourceInfo, object: KubeObject): void;
}

/** Whether a resource is `namespaces`. */
export function isNamespace(info: ResourceInfo): boolean {
  return info.group === '' && info.plural === 'namespaces';
}

/** The collector of a store. */
export function garbageCollector(store: MemoryStore): GarbageCollector {
  const byOwner = new Map<string, Map<string, Dependent>>();

  const link = (info: ResourceInfo, object: KubeObject, add: boolean) => {
    const { namespace, name, ownerReferences = [] } = object.metadata;
    const key = `${info.group}/${info.plural}/${tableKey(namespace, name)}`;
    for (const { uid } of ownerReferences) {
      const dependents = byOwner.get(uid) ?? new Map<string, Dependent>();
      if (add) {
        dependents.set(key, { info, key, namespace, name });
        byOwner.set(uid, dependents);
      } else if (dependents.delete(key) && dependents.size === 0) {
        byOwner.delete(uid);
      }
    }
  };

  const dependentsOf = (uid: string | undefined) =>
    [...(byOwner.get(uid ?? '')?.values() ?? [])].flatMap(dependent => {
      const object = store.get(
        dependent.info,
        dependent.namespace,
        dependent.name,
      );
      return object ? [{ info: dependent.info, object }] : [];
    });

  /** Deletes the dependents, or only their link when something else owns them too. */
  const cascade = (
    owner: KubeObject,
    propagationPolicy: 'Background' | 'Foreground',
  ) => {
    for (const { info, object } of dependentsOf(owner.metadata.uid)) {
      const others = object.metadata.ownerReferences?.filter(
        ({ uid }) => uid !== owner.metadata.uid,
      );
      if (others?.length) {
        store.update(info, {
          ...object,
          metadata: { ...object.metadata, ownerReferences: others },
        });
      } else if (!object.metadata.deletionTimestamp) {
        const { namespace, name } = object.metadata;
        store.delete(info, namespace, name, { propagationPolicy });
      }
    }
  };

  const withoutFinalizer = (
    info: ResourceInfo,
    { metadata: { namespace, name } }: KubeObject,
    finalizer: string,
  ) => {
    const object = store.get(info, namespace, name);
    if (object?.metadata.finalizers?.includes(finalizer)) {
      const finalizers = object.metadata.finalizers.filter(
        each => each !== finalizer,
      );
      store.update(info, {
        ...object,
        metadata: {
          ...object.metadata,
          finalizers: finalizers.length ? finalizers : undefined,
        },
      });
    }
  };

  const contentsOf = (namespace: string) =>
    store.registry
      .all()
      .filter(info => info.namespaced && info.verbs.includes('list'))
      .flatMap(info =>
        store
          .table(info)
          .list(namespace)
          .map(object => ({ info, object })),
      );

  const finishNamespace = (name: string) => {
    const info = store.registry.find({ group: '', plural: 'namespaces' })!;
    const namespace = store.get(info, undefined, name);
    if (
      namespace?.metadata.deletionTimestamp &&
      contentsOf(name).length === 0
    ) {
      store.update(info, { ...namespace, spec: { finalizers: [] } });
    }
  };

  return {
    observe({ type, resource, object, previous }) {
      const info = store.registry.find(resource);
      if (!info) {
        return;
      }
      if (previous && previous !== object) {
        link(info, previous, false);
      }
      link(info, object, type !== 'DELETED');
    },

    mark(info, object, { gracePeriodSeconds, propagationPolicy }) {
      const { metadata } = object;
      const finalizers = new Set(metadata.finalizers ?? []);
      if (propagationPolicy === 'Foreground') {
        finalizers.add(FOREGROUND);
      } else if (propagationPolicy === 'Orphan') {
        finalizers.add(ORPHAN);
      }
      const first = !metadata.deletionTimestamp;
      const meta: ObjectMeta = {
        ...metadata,
        finalizers: finalizers.size ? [...finalizers] : undefined,
        deletionTimestamp:
          metadata.deletionTimestamp ??
          kubeTime(store.now() + gracePeriodSeconds * 1000),
        ...(!isNamespace(info) && {
          deletionGracePeriodSeconds: first
            ? gracePeriodSeconds
            : Math.min(
                gracePeriodSeconds,
                metadata.deletionGracePeriodSeconds ?? gracePeriodSeconds,
              ),
        }),
        ...(info.generations &&
          first && { generation: (metadata.generation ?? 0) + 1 }),
      };
      return isNamespace(info)
        ? {
            ...object,
            metadata: meta,
            status: { ...(object.status as object), phase: 'Terminating' },
          }
        : { ...object, metadata: meta };
    },

    mayGo(info, { metadata, spec }) {
      if (!metadata.deletionTimestamp || metadata.finalizers?.length) {
        return false;
      }
      if (isNamespace(info)) {
        return !(spec as { finalizers?: string[] } | undefined)?.finalizers
          ?.length;
      }
      return !metadata.deletionGracePeriodSeconds;
    },

    afterMark(info, object) {
      const { name, finalizers } = object.metadata;
      if (finalizers?.includes(FOREGROUND)) {
        cascade(object, 'Foreground');
        if (dependentsOf(object.metadata.uid).length === 0) {
          withoutFinalizer(info, object, FOREGROUND);
        }
      }
      if (finalizers?.includes(ORPHAN)) {
        for (const dependent of dependentsOf(object.metadata.uid)) {
          const kept = dependent.object.metadata.ownerReferences?.filter(
            ({ uid }) => uid !== object.metadata.uid,
          );
          store.update(dependent.info, {
            ...dependent.object,
            metadata: {
              ...dependent.object.metadata,
              ownerReferences: kept?.length ? kept : undefined,
            },
          });
        }
        withoutFinalizer(info, object, ORPHAN);
      }
      if (isNamespace(info)) {
        for (const content of contentsOf(name)) {
          const found = store.get(
            content.info,
            name,
            content.object.metadata.name,
          );
          if (found && !found.metadata.deletionTimestamp) {
            store.delete(content.info, name, found.metadata.name);
          }
        }
        finishNamespace(name);
      }
    },

    removed(_info, object) {
      cascade(object, 'Background');
      for (const { uid } of object.metadata.ownerReferences ?? []) {
        if (!byOwner.has(uid)) {
          const owner = findByUid(store, object, uid);
          if (owner) {
            withoutFinalizer(owner.info, owner.object, FOREGROUND);
          }
        }
      }
      if (object.metadata.namespace) {
        finishNamespace(object.metadata.namespace);
      }
    },
  };
}

function findByUid(store: MemoryStore, dependent: KubeObject, uid: string) {
  const reference = dependent.metadata.ownerReferences?.find(
    each => each.uid === uid,
  );
  const info =
    reference && store.registry.findKind(reference.apiVersion, reference.kind);
  const object =
    info && store.get(info, dependent.metadata.namespace, reference.name);
  return info && object?.metadata.uid === uid ? { info, object } : undefined;
}
