import { ApiStatusError, forbidden } from '../../store/ApiStatusError';
import { sameJson } from '../../store/json';
import { KubeObject, ObjectStore, ResourceId } from '../../store/ObjectStore';
import { formatAmount, parseAmount } from '../quantity';
import { at, JsonNode, node, nodes, textMap } from '../schema/nodes';

const QUOTAS: ResourceId = {
  group: '',
  version: 'v1',
  plural: 'resourcequotas',
};
const PODS: ResourceId = { group: '', version: 'v1', plural: 'pods' };
const CLAIMS: ResourceId = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumeclaims',
};
const ONE = parseAmount('1');
/** Compute resources that a quota may also name without `requests.`. */
const SHORT = ['cpu', 'memory', 'ephemeral-storage'];
const COUNTED = [
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
];

type Usage = Map<string, bigint>;

function add(usage: Usage, name: string, amount: bigint) {
  usage.set(name, (usage.get(name) ?? 0n) + amount);
}

function amounts(container: JsonNode, kind: string): Usage {
  return new Map(
    Object.entries(textMap(at(container, 'resources', kind))).map(
      ([name, text]) => [name, parseAmount(text)],
    ),
  );
}

/** What a pod asks for: its containers together, or its largest init container if that is more. */
export function podAmounts(spec: JsonNode, kind: 'requests' | 'limits'): Usage {
  const total: Usage = new Map();
  for (const container of nodes(spec.containers)) {
    amounts(container, kind).forEach((amount, name) =>
      add(total, name, amount),
    );
  }
  for (const container of nodes(spec.initContainers)) {
    amounts(container, kind).forEach((amount, name) => {
      if (container.restartPolicy === 'Always') {
        add(total, name, amount);
      } else if (amount > (total.get(name) ?? 0n)) {
        total.set(name, amount);
      }
    });
  }
  return total;
}

function isOver(pod: KubeObject): boolean {
  return ['Succeeded', 'Failed'].includes(String(at(pod, 'status', 'phase')));
}

function usageOfPod(pod: KubeObject): Usage {
  const usage: Usage = new Map();
  add(usage, 'count/pods', ONE);
  if (isOver(pod)) {
    return usage;
  }
  add(usage, 'pods', ONE);
  const spec = node(pod.spec);
  podAmounts(spec, 'requests').forEach((amount, name) => {
    add(usage, `requests.${name}`, amount);
    if (SHORT.includes(name)) {
      add(usage, name, amount);
    }
  });
  podAmounts(spec, 'limits').forEach((amount, name) => {
    if (SHORT.includes(name)) {
      add(usage, `limits.${name}`, amount);
    }
  });
  return usage;
}

function usageOfClaim(claim: KubeObject): Usage {
  const usage: Usage = new Map();
  const size = parseAmount(
    at(claim, 'spec', 'resources', 'requests', 'storage'),
  );
  const storageClass = at(claim, 'spec', 'storageClassName');
  add(usage, 'persistentvolumeclaims', ONE);
  add(usage, 'requests.storage', size);
  if (storageClass) {
    const prefix = `${String(storageClass)}.storageclass.storage.k8s.io/`;
    add(usage, `${prefix}requests.storage`, size);
    add(usage, `${prefix}persistentvolumeclaims`, ONE);
  }
  return usage;
}

/** What one object uses of a namespace's quotas. */
function usageOf(resource: ResourceId, object: KubeObject): Usage {
  const { group, plural } = resource;
  if (!group && plural === 'pods') {
    return usageOfPod(object);
  }
  const usage =
    !group && plural === 'persistentvolumeclaims'
      ? usageOfClaim(object)
      : new Map<string, bigint>();
  if (!group && COUNTED.includes(plural)) {
    usage.set(plural, ONE);
  }
  if (!group && plural === 'services') {
    const type = at(object, 'spec', 'type');
    if (type === 'NodePort' || type === 'LoadBalancer') {
      add(usage, `services.${String(type).toLowerCase()}s`, ONE);
    }
  }
  usage.set(`count/${plural}${group ? `.${group}` : ''}`, ONE);
  return usage;
}

function hardOf(quota: KubeObject): Record<string, string> {
  return textMap(at(quota, 'spec', 'hard'));
}

function resourceOf(name: string): ResourceId {
  const [plural, ...group] = name.replace(/^count\//, '').split('.');
  return { group: group.join('.'), version: '', plural };
}

/** The objects of a resource; none when it is not served. */
function objectsOf(
  store: ObjectStore,
  resource: ResourceId,
  namespace: string | undefined,
): KubeObject[] {
  try {
    return store.list(resource, { namespace });
  } catch (error) {
    if (error instanceof ApiStatusError && error.code === 404) {
      return [];
    }
    throw error;
  }
}

/** Counts what is used of one quota's resources. */
function countUsed(store: ObjectStore, quota: KubeObject): Usage {
  const { namespace } = quota.metadata;
  const used: Usage = new Map();
  const counted = new Map<string, ResourceId>([
    ['pods', PODS],
    ['persistentvolumeclaims', CLAIMS],
  ]);
  for (const name of Object.keys(hardOf(quota))) {
    const plain = name.replace(/^services\..*/, 'services');
    const resource =
      plain.startsWith('count/') || COUNTED.includes(plain)
        ? resourceOf(plain)
        : undefined;
    if (resource) {
      counted.set(
        `${resource.plural}.${resource.group}`.replace(/\.$/, ''),
        resource,
      );
    }
  }
  for (const resource of counted.values()) {
    for (const object of objectsOf(store, resource, namespace)) {
      usageOf(resource, object).forEach((amount, name) =>
        add(used, name, amount),
      );
    }
  }
  return used;
}

function print(
  hard: Record<string, string>,
  names: string[],
  of: Usage,
): string {
  return names
    .map(name => `${name}=${formatAmount(of.get(name) ?? 0n, hard[name])}`)
    .join(',');
}

function missing(pod: KubeObject, hard: Record<string, string>): string[] {
  const faults: string[] = [];
  for (const name of Object.keys(hard).sort()) {
    const [, kind, resource] =
      /^(requests|limits)\.(cpu|memory)$/.exec(name) ??
      /^()(cpu|memory)$/.exec(name) ??
      [];
    if (!resource) {
      continue;
    }
    const without = nodes(at(pod, 'spec', 'containers')).filter(
      container =>
        at(container, 'resources', kind || 'requests', resource) === undefined,
    );
    if (without.length) {
      faults.push(
        `${name} for: ${without.map(container => String(container.name)).join(',')}`,
      );
    }
  }
  return faults;
}

/** Throws 403 when an object would use more than a ResourceQuota of its namespace leaves. */
export function enforceQuota(
  store: ObjectStore,
  resource: ResourceId,
  object: KubeObject,
  old?: KubeObject,
) {
  const { name, namespace } = object.metadata;
  for (const quota of store.list(QUOTAS, { namespace })) {
    const hard = hardOf(quota);
    const wanted = usageOf(resource, object);
    const isPod = resource.plural === 'pods' && !resource.group;
    const faults = isPod && !old ? missing(object, hard) : [];
    if (faults.length) {
      throw forbidden(
        resource,
        name,
        `failed quota: ${quota.metadata.name}: must specify ${faults.join('; ')}`,
      );
    }
    const before = old ? usageOf(resource, old) : new Map<string, bigint>();
    const grows = Object.keys(hard).filter(
      each => (wanted.get(each) ?? 0n) > (before.get(each) ?? 0n),
    );
    if (grows.length === 0) {
      continue;
    }
    const used = countUsed(store, quota);
    const over = grows
      .filter(
        each =>
          (used.get(each) ?? 0n) -
            (before.get(each) ?? 0n) +
            (wanted.get(each) ?? 0n) >
          parseAmount(hard[each]),
      )
      .sort();
    if (over.length) {
      throw forbidden(
        resource,
        name,
        `exceeded quota: ${quota.metadata.name}, requested: ${print(hard, over, wanted)}, used: ${print(hard, over, used)}, limited: ${over.map(each => `${each}=${hard[each]}`).join(',')}`,
      );
    }
  }
}

/**
 * Keeps `status.used` of all ResourceQuotas right, in one pass for all changes of a turn.
 * @returns the way to stop
 */
export function countQuotas(store: ObjectStore): () => void {
  const dirty = new Set<string>();
  let scheduled = false;
  const recount = () => {
    scheduled = false;
    for (const namespace of dirty) {
      for (const quota of store.list(QUOTAS, { namespace })) {
        const hard = hardOf(quota);
        const used = countUsed(store, quota);
        const status = {
          hard,
          used: Object.fromEntries(
            Object.keys(hard).map(name => [
              name,
              formatAmount(used.get(name) ?? 0n, hard[name]),
            ]),
          ),
        };
        if (!sameJson(status, quota.status)) {
          store.update(QUOTAS, { ...quota, status }, { subresource: 'status' });
        }
      }
    }
    dirty.clear();
  };
  const mark = (namespace: string | undefined) => {
    if (namespace && store.list(QUOTAS, { namespace }).length) {
      dirty.add(namespace);
      if (!scheduled) {
        scheduled = true;
        queueMicrotask(recount);
      }
    }
  };
  store.list(QUOTAS).forEach(quota => mark(quota.metadata.namespace));
  return store.subscribe(({ type, resource, object, previous }) => {
    const isPod = resource.plural === 'pods' && !resource.group;
    // A pod's status changes often and matters only when the pod ends.
    if (
      type !== 'MODIFIED' ||
      !isPod ||
      (previous && isOver(previous) !== isOver(object))
    ) {
      mark(object.metadata.namespace);
    }
  });
}
