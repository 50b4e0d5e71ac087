import type { CohortFact, FlavorQuotaFact } from '../facts/QueueFacts';
import type { ClusterState } from '../state/ClusterState';

/** Quota that is handed about in a tree of cohorts: one resource in one flavor. */
type Kind = Pick<FlavorQuotaFact, 'flavor' | 'resource'>;

/** A cohort with all that is below it. Devices. */
interface Pool {
  /** Its own and what those below it do not keep to themselves. */
  quota: number;
  /** Taken of that; more than there is where it has borrowed. */
  usage: number;
  /** Of its quota, what it does not lend to its parent. */
  kept: number;
}

/**
 * What the others in a cohort's tree leave to one of its ClusterQueues, devices; negative where they have borrowed from it. Kueue's own
 * arithmetic (`available` in pkg/cache/scheduler/resource_node.go): a lending limit keeps quota below, the borrowing limit of a cohort
 * caps what comes down to it. A cohort without an object has neither quota nor parent. A ring of parents admits nothing in Kueue, so
 * nothing comes from it.
 *
 * @param own - quota of the ClusterQueue that asks
 */
export function cohortLeft(
  state: ClusterState,
  cohort: string,
  own: FlavorQuotaFact,
): number {
  if (isRing(state, cohort)) return 0;
  const { nominal, used = nominal } = own;
  const here = Math.max(0, keptOf(nominal, own.lendingLimit) - used);
  return here + available(state, cohort, own) - (nominal - used);
}

function isRing(state: ClusterState, cohort: string): boolean {
  const seen = new Set<string>();
  let name: string | undefined = cohort;
  while (name !== undefined && !seen.has(name)) {
    seen.add(name);
    name = state.cohort(name)?.parent;
  }
  return name !== undefined;
}

function available(state: ClusterState, cohort: string, kind: Kind): number {
  const { quota, usage, kept } = poolOf(state, cohort, kind);
  const object = state.cohort(cohort);
  if (object?.parent === undefined) return quota - usage;
  const { borrowingLimit = Infinity } = quotaOf(object, kind) ?? {};
  const lent = quota - kept;
  const taken = Math.max(0, usage - kept);
  return (
    Math.max(0, kept - usage) +
    Math.min(
      available(state, object.parent, kind),
      lent - taken + borrowingLimit,
    )
  );
}

function poolOf(state: ClusterState, cohort: string, kind: Kind): Pool {
  const own = quotaOf(state.cohort(cohort), kind);
  let quota = own?.nominal ?? 0;
  let usage = 0;
  for (const queue of state.clusterQueues()) {
    if (queue.cohort !== cohort) continue;
    for (const { nominal, used = nominal, lendingLimit } of quotasOf(
      queue,
      kind,
    )) {
      const kept = keptOf(nominal, lendingLimit);
      quota += nominal - kept;
      usage += Math.max(0, used - kept);
    }
  }
  for (const { name, parent } of state.cohorts()) {
    if (parent !== cohort) continue;
    const below = poolOf(state, name, kind);
    quota += below.quota - below.kept;
    usage += Math.max(0, below.usage - below.kept);
  }
  return { quota, usage, kept: keptOf(quota, own?.lendingLimit) };
}

function keptOf(quota: number, lendingLimit: number | undefined): number {
  return lendingLimit === undefined ? 0 : Math.max(0, quota - lendingLimit);
}

function quotasOf(
  { quotas }: { quotas: readonly FlavorQuotaFact[] },
  { flavor, resource }: Kind,
): FlavorQuotaFact[] {
  return quotas.filter(
    each => each.flavor === flavor && each.resource === resource,
  );
}

function quotaOf(
  cohort: CohortFact | undefined,
  kind: Kind,
): FlavorQuotaFact | undefined {
  return cohort && quotasOf(cohort, kind).at(0);
}
