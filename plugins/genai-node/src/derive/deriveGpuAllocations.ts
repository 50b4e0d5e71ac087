import type {
  GpuAllocation,
  GpuAllocationsQuery,
  GpuAllocationsResponse,
  GpuAllocationTotal,
} from '@promptside/backstage-plugin-genai-common';
import type { PodFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import { diagnosePod } from './diagnosePod';
import { isDiscoveredAs } from './discoveredEntity';
import { deviceShape } from './gpuInventory';
import {
  matchesClaim,
  resolveWorkload,
  type ResolvedWorkload,
} from './ownerChain';
import { cutPage, rowKey } from './page';

/**
 * Who holds devices, and who waits for them (those have no node). Pods that ended hold nothing and are left out.
 * Throws `InputError` for a cursor that is none.
 *
 * @public
 */
export function deriveGpuAllocations(
  states: readonly ClusterState[],
  query: GpuAllocationsQuery,
): Omit<GpuAllocationsResponse, 'clusters'> {
  const candidates = states
    .filter(({ name }) => query.cluster === undefined || name === query.cluster)
    .flatMap(state => findPods(state, query));
  const { rows, totalCount, nextCursor } = cutPage(candidates, query);
  return {
    items: rows.map(toAllocation),
    totalCount,
    // Only for one entity, whose pods are found by index: over all pods it would cost what the page saves.
    ...(query.entityRef === undefined && query.kubernetesId === undefined
      ? {}
      : { totals: totalsOf(candidates.map(({ row }) => row)) }),
    ...(nextCursor ? { nextCursor } : {}),
  };
}

function totalsOf(rows: readonly Row[]): GpuAllocationTotal[] {
  const totals = new Map<string, GpuAllocationTotal>();
  const nodes = new Map<string, Set<string>>();
  for (const { state, pod, resource, count } of rows) {
    const shape = shapeOf(state, pod, resource);
    const key = JSON.stringify(shape);
    const total = totals.get(key) ?? {
      ...shape,
      heldCount: 0,
      waitingCount: 0,
      podCount: 0,
      readyPodCount: 0,
      nodeCount: 0,
    };
    total.podCount += 1;
    if (pod.ready) total.readyPodCount += 1;
    if (pod.node === undefined) {
      total.waitingCount += count;
    } else {
      total.heldCount += count;
      const on = nodes.get(key) ?? new Set();
      nodes.set(key, on.add(`${state.name}/${pod.node}`));
      total.nodeCount = on.size;
    }
    totals.set(key, total);
  }
  return [...totals.values()];
}

/** Every device that pods of a cluster hold or wait for, for pods that are known already. */
export function allocationsOf(
  state: ClusterState,
  pods: Iterable<PodFact>,
): GpuAllocation[] {
  return [...pods]
    .flatMap(pod => rowsOf(state, pod))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ row }) => toAllocation(row));
}

interface Row {
  state: ClusterState;
  pod: PodFact;
  workload: ResolvedWorkload;
  resource: string;
  count: number;
}

function findPods(state: ClusterState, query: GpuAllocationsQuery) {
  const { namespace, node, entityRef, kubernetesId, owner } = query;
  const discovered = podsOfDiscovered(state, entityRef);
  const candidates = new Set([...candidatePods(state, query), ...discovered]);
  return [...candidates].flatMap(pod => {
    if (namespace !== undefined && pod.namespace !== namespace) return [];
    if (node !== undefined && pod.node !== node) return [];
    const question = discovered.has(pod)
      ? { owner }
      : { entityRef, kubernetesId, owner };
    return rowsOf(state, pod).filter(({ row }) =>
      matchesClaim(row.workload, question),
    );
  });
}

/** Pods of the model server that names no entity and has the one asked for made from itself. */
function podsOfDiscovered(
  state: ClusterState,
  entityRef: string | undefined,
): ReadonlySet<PodFact> {
  const found = new Set<PodFact>();
  if (entityRef === undefined) return found;
  for (const server of state.servers()) {
    if (!isDiscoveredAs(state, server, entityRef)) continue;
    for (const pod of state.podsOf(server.uid)) found.add(pod);
  }
  return found;
}

/** The smallest indexed set of pods that holds all answers. */
function candidatePods(
  state: ClusterState,
  { entityRef, kubernetesId, node }: GpuAllocationsQuery,
): Iterable<PodFact> {
  if (entityRef !== undefined || kubernetesId !== undefined) {
    return state.podsClaimedBy({
      entityRef: entityRef?.toLocaleLowerCase('en-US'),
      kubernetesId,
    });
  }
  return node === undefined ? state.pods() : state.podsOnNode(node);
}

function rowsOf(
  state: ClusterState,
  pod: PodFact,
): { key: string; row: Row }[] {
  if (pod.asks.length === 0) return [];
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') return [];
  const workload = resolveWorkload(state, pod);
  return pod.asks.map(({ resource, count }) => ({
    key: rowKey(state.name, pod.namespace, pod.name, resource, pod.uid),
    row: { state, pod, workload, resource, count },
  }));
}

function shapeOf(state: ClusterState, pod: PodFact, resource: string) {
  const shape = deviceShape(state, resource, pod.node);
  if (!shape) throw new Error(`"${resource}" is asked for but no accelerator`);
  return shape;
}

function toAllocation({
  state,
  pod,
  workload,
  resource,
  count,
}: Row): GpuAllocation {
  const shape = shapeOf(state, pod, resource);
  const { reason, message } = diagnosePod(state, pod);
  const { kind, name, entityRef, owner, model } = workload;
  return {
    cluster: state.name,
    namespace: pod.namespace,
    pod: pod.name,
    podUid: pod.uid,
    phase: pod.phase,
    ready: pod.ready,
    ...(pod.node === undefined ? {} : { node: pod.node }),
    ...shape,
    count,
    workload: { kind, name },
    ...(entityRef ? { entityRef } : {}),
    ...(owner ? { owner } : {}),
    ...(model ? { model } : {}),
    ...(pod.node !== undefined && pod.scheduledAt
      ? { since: pod.scheduledAt }
      : {}),
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
  };
}
