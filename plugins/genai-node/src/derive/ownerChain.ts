import type { CatalogClaim, PodFact, WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';

/** Longer chains than any controller makes; a cycle of foreign owner references must end. */
const DEPTH = 8;

/** The workload at the top of a pod's owner chain and what the chain says about the catalog. */
export interface ResolvedWorkload extends CatalogClaim {
  kind: string;
  name: string;
  /** Uid of the top owner; the pod's own for a bare pod. */
  uid: string;
  model?: string;
}

/**
 * Follows the controlling owners of a pod: ReplicaSet, Deployment, maybe a custom resource. Claims of the topmost object
 * win, because controllers copy annotations downwards and copies can be old; the pod's own come last, and the owner of the
 * namespace after all. A link that is not known ends the chain with the name the reference gives.
 */
export function resolveWorkload(
  state: ClusterState,
  pod: PodFact,
): ResolvedWorkload {
  const resolved: ResolvedWorkload = {
    kind: 'Pod',
    name: pod.name,
    uid: pod.uid,
  };
  take(resolved, pod);
  let link = pod.controller;
  for (let depth = 0; link && depth < DEPTH; depth++) {
    resolved.kind = link.kind;
    resolved.name = link.name;
    resolved.uid = link.uid;
    const fact: WorkloadFact | undefined = state.workload(link.uid);
    if (fact) take(resolved, fact);
    link = fact?.controller;
  }
  resolved.owner ??= state.namespace(pod.namespace)?.owner;
  return resolved;
}

/** The claims of a workload that stand on it, on what controls it, or on its namespace. */
export function resolveClaim(
  state: ClusterState,
  workload: WorkloadFact,
): CatalogClaim {
  const resolved: ResolvedWorkload = {
    kind: workload.kind,
    name: workload.name,
    uid: workload.uid,
  };
  let fact: WorkloadFact | undefined = workload;
  for (let depth = 0; fact && depth < DEPTH; depth++) {
    take(resolved, fact);
    fact = fact.controller && state.workload(fact.controller.uid);
  }
  const owner = resolved.owner ?? state.namespace(workload.namespace)?.owner;
  return {
    ...(resolved.entityRef ? { entityRef: resolved.entityRef } : {}),
    ...(resolved.kubernetesId ? { kubernetesId: resolved.kubernetesId } : {}),
    ...(owner ? { owner } : {}),
  };
}

/** Whether something above the workload is itself a server or store: then the workload is only its part. */
export function isPartOfAnother(
  state: ClusterState,
  workload: WorkloadFact,
): boolean {
  let fact = workload.controller && state.workload(workload.controller.uid);
  for (let depth = 0; fact && depth < DEPTH; depth++) {
    if (fact.serving || fact.store) return true;
    fact = fact.controller && state.workload(fact.controller.uid);
  }
  return false;
}

/** A question about the catalog, as queries ask it. */
export interface ClaimQuery {
  entityRef?: string;
  kubernetesId?: string;
  owner?: string;
}

/**
 * Whether claims answer a question. With both an entity ref and a kubernetes id, the id only finds workloads that name no
 * entity: one that names another entity is not this one's.
 */
export function matchesClaim(claim: CatalogClaim, query: ClaimQuery): boolean {
  const { entityRef, kubernetesId, owner } = query;
  if (owner !== undefined && claim.owner !== owner.toLocaleLowerCase('en-US')) {
    return false;
  }
  if (entityRef === undefined && kubernetesId === undefined) return true;
  const wanted = entityRef?.toLocaleLowerCase('en-US');
  if (wanted !== undefined && claim.entityRef === wanted) return true;
  return (
    kubernetesId !== undefined &&
    claim.kubernetesId === kubernetesId &&
    (wanted === undefined || claim.entityRef === undefined)
  );
}

function take(
  resolved: ResolvedWorkload,
  fact: CatalogClaim & { model?: string },
): void {
  if (fact.entityRef) resolved.entityRef = fact.entityRef;
  if (fact.owner) resolved.owner = fact.owner;
  if (fact.kubernetesId) resolved.kubernetesId = fact.kubernetesId;
  const model = fact.model ?? (fact as Partial<WorkloadFact>).serving?.modelId;
  if (model) resolved.model = model;
}
