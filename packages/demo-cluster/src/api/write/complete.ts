import { forbidden } from '../../store/ApiStatusError';
import { KubeObject, ResourceId } from '../../store/ObjectStore';
import { MemoryStore } from '../../store/MemoryStore';
import { ResourceInfo } from '../../store/ResourceRegistry';
import { completePod } from '../admission/admitPod';
import { applyDefaults } from '../schema/defaults';
import { at, JsonNode, node, nodes } from '../schema/nodes';

const core = (plural: string): ResourceId => ({
  group: '',
  version: 'v1',
  plural,
});
const STORAGE_CLASSES: ResourceId = {
  group: 'storage.k8s.io',
  version: 'v1',
  plural: 'storageclasses',
};
const PRIORITY_CLASSES: ResourceId = {
  group: 'scheduling.k8s.io',
  version: 'v1',
  plural: 'priorityclasses',
};
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const FIRST_NODE_PORT = 30_000;

/** The first address of 10.96.0.0/16 that no Service has; .1 is the API server's. */
function freeClusterIp(store: MemoryStore): string {
  const taken = new Set(
    store
      .list(core('services'))
      .map(service => at(service, 'spec', 'clusterIP')),
  );
  for (let index = 10; index < 65_535; index++) {
    const address = `10.96.${index >> 8}.${index & 255}`;
    if (!taken.has(address)) {
      return address;
    }
  }
  throw forbidden(core('services'), '', 'range of cluster IPs is full');
}

function completeService(store: MemoryStore, spec: JsonNode) {
  if (spec.type === 'ExternalName') {
    return;
  }
  spec.clusterIP ??= freeClusterIp(store);
  spec.clusterIPs ??= [spec.clusterIP];
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') {
    const taken = new Set(
      store
        .list(core('services'))
        .flatMap(service => nodes(at(service, 'spec', 'ports')))
        .map(port => port.nodePort),
    );
    let next = FIRST_NODE_PORT;
    for (const port of nodes(spec.ports)) {
      while (port.nodePort === undefined && taken.has(next)) {
        next += 1;
      }
      port.nodePort ??= next;
      taken.add(port.nodePort);
    }
  }
}

function completeClaim(store: MemoryStore, spec: JsonNode) {
  if (spec.storageClassName === undefined) {
    const byDefault = store
      .list(STORAGE_CLASSES)
      .find(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true');
    if (byDefault) {
      spec.storageClassName = byDefault.metadata.name;
    }
  }
}

function completePriority(store: MemoryStore, pod: KubeObject) {
  const spec = node(pod.spec);
  const name = spec.priorityClassName;
  if (typeof name !== 'string' || !name || name.startsWith('system-')) {
    return;
  }
  const found = store.get(PRIORITY_CLASSES, undefined, name);
  if (!found) {
    throw forbidden(
      core('pods'),
      pod.metadata.name,
      `no PriorityClass with name ${name} was found`,
    );
  }
  spec.priority = found.value;
}

/** First statuses which the API server itself gives. */
const FIRST_STATUS: Record<string, JsonNode> = {
  '/persistentvolumeclaims': { phase: 'Pending' },
  '/persistentvolumes': { phase: 'Pending' },
  '/services': { loadBalancer: {} },
  'apps/daemonsets': {
    currentNumberScheduled: 0,
    desiredNumberScheduled: 0,
    numberMisscheduled: 0,
    numberReady: 0,
  },
  'apps/deployments': {},
  'apps/replicasets': { replicas: 0 },
  'apps/statefulsets': { replicas: 0, availableReplicas: 0 },
  'batch/jobs': {},
  'batch/cronjobs': {},
};

/** Fills in a new object what admission and defaults give it, in place. */
export function completeNew(
  store: MemoryStore,
  resource: ResourceInfo,
  object: KubeObject,
) {
  const key = `${resource.group}/${resource.plural}`;
  if (resource.subresources.status && key !== '/nodes') {
    delete object.status;
  }
  if (FIRST_STATUS[key]) {
    object.status = { ...FIRST_STATUS[key] };
  }
  applyDefaults(resource, object);
  switch (key) {
    case '/pods':
      completePriority(store, object);
      completePod(store, object);
      break;
    case '/services':
      completeService(store, node(object.spec));
      break;
    case '/persistentvolumeclaims':
      completeClaim(store, node(object.spec));
      break;
    default:
  }
}

/** A copy of an object made inside the server, with the defaults which a client's would get; its status is kept. */
export function completed(
  store: MemoryStore,
  resource: ResourceInfo,
  object: KubeObject,
): KubeObject {
  const copy = structuredClone(object);
  applyDefaults(resource, copy);
  if (resource.plural === 'services' && !resource.group) {
    completeService(store, node(copy.spec));
  }
  return copy;
}

/** Kinds whose defaults matter where a controller makes them; pods have an admission of their own. */
const COMPLETED: ReadonlySet<string> = new Set([
  '/services',
  'apps/deployments',
  'apps/statefulsets',
]);

/** {@link completed} for the controllers inside the server. */
export function completeFor(store: MemoryStore) {
  return (resource: ResourceId, object: KubeObject): KubeObject => {
    const info = COMPLETED.has(`${resource.group}/${resource.plural}`)
      ? store.registry.find(resource)
      : undefined;
    return info ? completed(store, info, object) : object;
  };
}

/** Fills in a changed object; what was given once and may not change is taken from the old one where it is left out. */
export function completeChanged(
  resource: ResourceInfo,
  object: KubeObject,
  old: KubeObject,
) {
  applyDefaults(resource, object);
  const [spec, before] = [node(object.spec), node(old.spec)];
  const keep = (...fields: string[]) => {
    for (const field of fields) {
      if (spec[field] === undefined && before[field] !== undefined) {
        spec[field] = before[field];
      }
    }
  };
  switch (`${resource.group}/${resource.plural}`) {
    case '/services':
      if (spec.type !== 'ExternalName') {
        keep('clusterIP', 'clusterIPs');
      }
      break;
    case '/persistentvolumeclaims':
      keep('volumeName', 'storageClassName');
      break;
    case '/namespaces':
      object.spec = old.spec;
      break;
    case '/pods':
      keep('nodeName', 'serviceAccountName', 'serviceAccount');
      break;
    default:
  }
}
