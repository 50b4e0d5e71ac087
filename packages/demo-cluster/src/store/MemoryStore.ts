import { randomUUID } from 'node:crypto';
import {
  alreadyExists,
  ApiStatusError,
  badRequest,
  conflict,
  notFound,
  pathNotFound,
} from './ApiStatusError';
import { garbageCollector, isNamespace } from './garbage';
import { deepFreeze, sameJson } from './json';
import { endsGracefully, specOf, withNamespaceDefaults } from './objectRules';
import {
  DeleteOptions,
  KubeObject,
  kubeTime,
  ListOptions,
  ObjectMeta,
  ObjectStore,
  ResourceId,
  StoreEvent,
  UpdateOptions,
} from './ObjectStore';
import {
  createResourceRegistry,
  ResourceInfo,
  ResourceRegistry,
} from './ResourceRegistry';
import { selectorPredicate } from './selectors';
import { Change, Table, tableKey } from './Table';

/** The store as the API layer sees it: with its resources, its versions and its recent past. */
export interface MemoryStore extends ObjectStore {
  readonly registry: ResourceRegistry;
  /** Version of the last change. */
  version(): number;
  /** The table of a resource. Throws 404 for an unknown one. */
  table(resource: ResourceId): Table;
  /** Every object, CustomResourceDefinitions and namespaces first. */
  objects(): Array<{ resource: ResourceInfo; object: KubeObject }>;
  /** Forgets a resource that is no longer served, and ends those who follow it. */
  drop(resource: ResourceId): void;
  /** Puts back an object of an earlier run; its version is kept. */
  load(resource: ResourceId, object: KubeObject): void;
  /** Sets the counter after loading. */
  startAt(version: number): void;
  /** Current time in milliseconds. */
  now(): number;
}

/** Versions below this are from before the server started, so that `resourceVersion=1` is always too old. */
const FIRST_VERSION = 100;

const CORE = { group: '', version: 'v1' };
const NAMESPACES: ResourceId = { ...CORE, plural: 'namespaces' };

/** An empty store. */
export function createObjectStore(
  options: {
    /** Milliseconds since 1970. */
    now?: () => number;
    registry?: ResourceRegistry;
  } = {},
): MemoryStore {
  const { now = Date.now, registry = createResourceRegistry() } = options;
  const tables = new Map<string, Table>();
  const listeners = new Set<(event: StoreEvent) => void>();
  let version = FIRST_VERSION;
  let startVersion = FIRST_VERSION;

  const infoOf = (resource: ResourceId): ResourceInfo => {
    const info = registry.find({
      group: resource.group,
      plural: resource.plural,
    });
    if (!info) {
      throw pathNotFound();
    }
    return info;
  };

  const table = (resource: ResourceId): Table => {
    const info = infoOf(resource);
    const key = `${resource.group}/${resource.plural}`;
    let found = tables.get(key);
    if (!found) {
      // The history of a custom resource starts with its definition.
      found = new Table(info.custom ? version : startVersion);
      tables.set(key, found);
    }
    return found;
  };

  // A listener may write: what it writes is announced after what it is being told, so all see the same order.
  const queue: Array<{ target: Table; change: Change }> = [];
  let announcing = false;
  const commit = (
    info: ResourceInfo,
    type: StoreEvent['type'],
    object: KubeObject,
    previous?: KubeObject,
  ): KubeObject => {
    version += 1;
    const stored = deepFreeze({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(version) },
    });
    const resource = {
      group: info.group,
      version: info.version,
      plural: info.plural,
    };
    const change: Change = {
      version,
      event: { type, resource, object: stored, previous },
    };
    const target = table(info);
    target.apply(change);
    collector.observe(change.event);
    queue.push({ target, change });
    if (!announcing) {
      announcing = true;
      try {
        for (let next = queue.shift(); next; next = queue.shift()) {
          next.target.announce(next.change);
          for (const listener of listeners) {
            listener(next.change.event);
          }
        }
      } finally {
        announcing = false;
      }
    }
    return stored;
  };

  const remove = (info: ResourceInfo, object: KubeObject) => {
    commit(info, 'DELETED', object, object);
    collector.removed(info, object);
  };

  const requireCurrent = (
    info: ResourceInfo,
    namespace: string | undefined,
    name: string,
  ): KubeObject => {
    const current = table(info).get(
      tableKey(info.namespaced ? namespace : undefined, name),
    );
    if (!current) {
      throw notFound(info, name);
    }
    return current;
  };

  const checkPreconditions = (
    info: ResourceInfo,
    { metadata }: KubeObject,
    expected: { uid?: string; resourceVersion?: string } = {},
  ) => {
    for (const [label, mine, theirs, cause] of [
      [
        'UID',
        metadata.uid,
        expected.uid,
        'The object might have been deleted and then recreated',
      ],
      [
        'ResourceVersion',
        metadata.resourceVersion,
        expected.resourceVersion,
        'The object might have been modified',
      ],
    ] as const) {
      if (theirs && theirs !== mine) {
        throw conflict(
          { group: info.group, plural: info.kind },
          metadata.name,
          `the ${label} in the precondition (${theirs}) does not match the ${label} in record (${mine}). ${cause}`,
        );
      }
    }
  };

  const store: MemoryStore = {
    registry,
    now,
    version: () => version,
    table,
    objects() {
      const order = (info: ResourceInfo) =>
        ['customresourcedefinitions', 'namespaces'].indexOf(info.plural) >>> 0;
      const seen = new Set<string>();
      return [...registry.all()]
        .sort((a, b) => order(a) - order(b))
        .flatMap(info => {
          const key = `${info.group}/${info.plural}`;
          const objects = seen.has(key) ? [] : (tables.get(key)?.list() ?? []);
          seen.add(key);
          return objects.map(object => ({ resource: info, object }));
        });
    },
    drop({ group, plural }) {
      const key = `${group}/${plural}`;
      tables.get(key)?.end();
      tables.delete(key);
    },
    load(resource, object) {
      const info = infoOf(resource);
      const stored = deepFreeze(object);
      table(info).load(stored);
      const event: StoreEvent = {
        type: 'ADDED',
        resource: info,
        object: stored,
      };
      collector.observe(event);
    },
    startAt(value) {
      version = Math.max(version, value);
      startVersion = version;
      tables.forEach(each => each.forget(version));
    },

    list(resource, listOptions: ListOptions = {}) {
      const info = infoOf(resource);
      const matches = selectorPredicate(
        info,
        listOptions,
        info.custom?.selectableFields,
      );
      const all = table(info).list(
        info.namespaced ? listOptions.namespace : undefined,
      );
      return matches ? all.filter(matches) : all;
    },

    get(resource, namespace, name) {
      const info = infoOf(resource);
      return table(info).get(
        tableKey(info.namespaced ? namespace : undefined, name),
      );
    },

    create(resource, object) {
      const info = infoOf(resource);
      const { metadata } = object;
      const name = metadata.name;
      if (!name) {
        throw badRequest('metadata.name: name or generateName is required');
      }
      const namespace = info.namespaced ? metadata.namespace : undefined;
      if (info.namespaced && !namespace) {
        throw badRequest(`metadata.namespace: ${info.plural} need a namespace`);
      }
      if (namespace) {
        const home = table(NAMESPACES).get(namespace);
        if (home?.metadata.deletionTimestamp) {
          throw new ApiStatusError(
            403,
            'Forbidden',
            `${info.group ? `${info.plural}.${info.group}` : info.plural} "${name}" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
            {
              name,
              ...(info.group && { group: info.group }),
              kind: info.plural,
              causes: [
                {
                  reason: 'NamespaceTerminating',
                  message: `namespace ${namespace} is being terminated`,
                  field: 'metadata.namespace',
                },
              ],
            },
          );
        }
      }
      if (table(info).get(tableKey(namespace, name))) {
        throw alreadyExists(info, name);
      }
      const meta: ObjectMeta = {
        ...metadata,
        namespace,
        uid: metadata.uid ?? randomUUID(),
        creationTimestamp: metadata.creationTimestamp ?? kubeTime(now()),
        ...(info.generations && { generation: metadata.generation ?? 1 }),
      };
      const created = { ...object, kind: info.kind, metadata: meta };
      return commit(
        info,
        'ADDED',
        isNamespace(info) ? withNamespaceDefaults(created) : created,
      );
    },

    update(resource, object, updateOptions: UpdateOptions = {}) {
      const info = infoOf(resource);
      const { metadata } = object;
      const current = requireCurrent(info, metadata.namespace, metadata.name);
      if (
        metadata.resourceVersion &&
        metadata.resourceVersion !== current.metadata.resourceVersion
      ) {
        throw conflict(info, metadata.name);
      }
      checkPreconditions(info, current, { uid: metadata.uid });
      const merged: KubeObject =
        updateOptions.subresource === 'status'
          ? {
              ...current,
              status: object.status,
              metadata: {
                ...current.metadata,
                managedFields: metadata.managedFields,
              },
            }
          : updateOptions.subresource === 'scale'
            ? { ...current, spec: object.spec }
            : object;
      const next: KubeObject = {
        ...merged,
        kind: info.kind,
        metadata: {
          ...merged.metadata,
          namespace: current.metadata.namespace,
          uid: current.metadata.uid,
          creationTimestamp: current.metadata.creationTimestamp,
          deletionTimestamp: current.metadata.deletionTimestamp,
          deletionGracePeriodSeconds:
            current.metadata.deletionGracePeriodSeconds,
          generation: current.metadata.generation,
          resourceVersion: current.metadata.resourceVersion,
        },
      };
      if (sameJson(next, current)) {
        return current;
      }
      if (
        info.generations &&
        updateOptions.subresource !== 'status' &&
        !sameJson(specOf(next), specOf(current))
      ) {
        next.metadata.generation = (current.metadata.generation ?? 0) + 1;
      }
      if (collector.mayGo(info, next)) {
        remove(info, next);
        return next;
      }
      return commit(info, 'MODIFIED', next, current);
    },

    delete(resource, namespace, name, deleteOptions: DeleteOptions = {}) {
      const info = infoOf(resource);
      const current = requireCurrent(info, namespace, name);
      checkPreconditions(info, current, deleteOptions.preconditions);
      const graceful =
        endsGracefully(info, current) && deleteOptions.gracePeriodSeconds !== 0;
      const marked = collector.mark(info, current, {
        ...deleteOptions,
        gracePeriodSeconds: graceful
          ? (deleteOptions.gracePeriodSeconds ??
            (current.spec as { terminationGracePeriodSeconds?: number })
              .terminationGracePeriodSeconds ??
            30)
          : 0,
      });
      if (!graceful && collector.mayGo(info, marked)) {
        remove(info, current);
      } else if (!sameJson(marked, current)) {
        commit(info, 'MODIFIED', marked, current);
      }
      collector.afterMark(info, marked);
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const collector = garbageCollector(store);
  return store;
}
