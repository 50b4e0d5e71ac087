import type {
  GpuGroup,
  GpuNodePool,
  GpuOverview,
  GpuOverviewQuery,
  GpuOwnerUsage,
  GpuPending,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '../state/ClusterState';
import {
  deviceShape,
  gpuInventory,
  holdsDevices,
  shapeOf,
  type NodeInventory,
} from './gpuInventory';
import { resolveWorkload } from './ownerChain';

type Overview = Omit<GpuOverview, 'clusters'>;

const memo = new WeakMap<
  ClusterState,
  { version: number; overview: Overview }
>();

/**
 * Devices by shape, by owner and in wait, over the clusters. `vendor` and `product` narrow all three, `owner` narrows who
 * holds and leaves what there is: free devices are everybody's. Pods in wait name no product, so a product hides them.
 *
 * @public
 */
export function deriveGpuOverview(
  states: readonly ClusterState[],
  query: GpuOverviewQuery,
): Overview {
  const { cluster, vendor, product } = query;
  const owner = query.owner?.toLocaleLowerCase('en-US');
  const parts = states
    .filter(({ name }) => cluster === undefined || name === cluster)
    .map(overviewOf);
  const wanted = (row: { vendor: string; product?: string }) =>
    (vendor === undefined || row.vendor === vendor) &&
    (product === undefined || row.product === product);
  return {
    groups: parts.flatMap(({ groups }) => groups.filter(wanted)),
    owners: parts.flatMap(({ owners }) =>
      owners.filter(
        row => wanted(row) && (owner === undefined || row.owner === owner),
      ),
    ),
    pending: parts.flatMap(({ pending }) => pending.filter(wanted)),
  };
}

/** The overview of one cluster, computed once a version. */
function overviewOf(state: ClusterState): Overview {
  const known = memo.get(state);
  if (known?.version === state.version) return known.overview;
  const overview = {
    groups: groupsOf(state),
    owners: ownersOf(state),
    pending: pendingOf(state),
  };
  memo.set(state, { version: state.version, overview });
  return overview;
}

function groupsOf(state: ClusterState): GpuGroup[] {
  const groups = new Map<string, GpuGroup>();
  for (const inventory of gpuInventory(state)) {
    for (const pool of inventory.pools) {
      const shape = shapeOf(pool);
      const key = Object.values(shape).join('|');
      const group = groups.get(key);
      if (group) addToGroup(group, inventory, pool);
      else groups.set(key, newGroup(state.name, inventory, pool));
    }
  }
  return sortByKey(groups);
}

function newGroup(
  cluster: string,
  { node }: NodeInventory,
  pool: GpuNodePool,
): GpuGroup {
  const free = node.state === 'Ready' ? pool.counts.free : 0;
  return {
    cluster,
    ...shapeOf(pool),
    nodeCount: 1,
    ...(pool.physicalCount === undefined
      ? {}
      : { physicalCount: pool.physicalCount }),
    counts: { ...pool.counts },
    schedulableFree: free,
    largestFree: free,
  };
}

function addToGroup(
  group: GpuGroup,
  { node }: NodeInventory,
  pool: GpuNodePool,
): void {
  const free = node.state === 'Ready' ? pool.counts.free : 0;
  group.nodeCount++;
  for (const key of Object.keys(group.counts) as (keyof typeof pool.counts)[]) {
    group.counts[key] += pool.counts[key];
  }
  group.schedulableFree += free;
  group.largestFree = Math.max(group.largestFree, free);
  // One node that does not tell makes the sum unknown.
  if (group.physicalCount === undefined || pool.physicalCount === undefined) {
    delete group.physicalCount;
  } else {
    group.physicalCount += pool.physicalCount;
  }
}

function ownersOf(state: ClusterState): GpuOwnerUsage[] {
  const usages = new Map<string, GpuOwnerUsage>();
  for (const pod of state.pods()) {
    if (pod.asks.length === 0 || !holdsDevices(pod)) continue;
    const { owner } = resolveWorkload(state, pod);
    for (const ask of pod.asks) {
      const shape = deviceShape(state, ask.resource, pod.node);
      if (!shape) continue;
      const { vendor, resource, product, sharing } = shape;
      const key = `${owner ?? ''}|${resource}|${product}|${sharing}`;
      let usage = usages.get(key);
      if (!usage) {
        usage = {
          cluster: state.name,
          ...(owner === undefined ? {} : { owner }),
          namespaces: [],
          vendor,
          resource,
          ...(product === undefined ? {} : { product }),
          sharing,
          allocated: 0,
          podCount: 0,
        };
        usages.set(key, usage);
      }
      usage.allocated += ask.count;
      usage.podCount++;
      if (!usage.namespaces.includes(pod.namespace)) {
        usage.namespaces.push(pod.namespace);
      }
    }
  }
  for (const usage of usages.values()) usage.namespaces.sort();
  return sortByKey(usages);
}

function pendingOf(state: ClusterState): GpuPending[] {
  const waits = new Map<string, GpuPending>();
  for (const pod of state.unboundPods()) {
    if (pod.deleting || pod.phase !== 'Pending') continue;
    for (const { resource, count } of pod.asks) {
      const vendor = deviceShape(state, resource)?.vendor;
      if (!vendor) continue;
      const wait = waits.get(resource);
      if (wait) {
        wait.count += count;
        wait.podCount++;
      } else {
        waits.set(resource, {
          cluster: state.name,
          vendor,
          resource,
          count,
          podCount: 1,
        });
      }
    }
  }
  return sortByKey(waits);
}

function sortByKey<Row>(rows: ReadonlyMap<string, Row>): Row[] {
  return [...rows]
    .sort(([left], [right]) => (left < right ? -1 : Number(left > right)))
    .map(([, row]) => row);
}
