import type { QuotaFact, QuotaLine } from '../facts/QuotaFact';
import type { InventoryQuota, PlanInventory } from '../sizing/PlanInventory';
import type { ClusterState } from '../state/ClusterState';

/**
 * What the ResourceQuotas of one namespace leave, as a plan needs it. What could not be read is unknown, which the plan says
 * instead of taking it for unlimited. Quotas that count no server's pods are none.
 *
 * @param namespace - undefined: none is planned for, and then nothing is known
 * @public
 */
export function deriveQuota(
  states: readonly ClusterState[],
  namespace: string | undefined,
): Pick<
  PlanInventory,
  'quota' | 'otherQuota' | 'quotaClusters' | 'quotaKnown'
> {
  if (namespace === undefined) return { quota: [], quotaKnown: false };
  const found = states.flatMap(state =>
    Array.from(state.quotas(), fact => ({ cluster: state.name, fact })).filter(
      ({ fact }) => fact.namespace === namespace && fact.scope !== 'NotServers',
    ),
  );
  const linesOf = (pick: (fact: QuotaFact) => readonly QuotaLine[]) =>
    found.flatMap(({ cluster, fact }) =>
      pick(fact).map(line => asInventory(line, fact, cluster)),
    );
  return {
    quota: linesOf(({ lines }) => lines),
    otherQuota: linesOf(({ others }) => others),
    quotaClusters: [...new Set(found.map(({ cluster }) => cluster))],
    quotaKnown: states.every(state => state.has('resourcequotas')),
  };
}

function asInventory(
  { resource, hard, used }: QuotaLine,
  { name, namespace, scope }: QuotaFact,
  cluster: string,
): InventoryQuota {
  return {
    cluster,
    namespace,
    name,
    resource,
    hard,
    used,
    left: Math.max(0, hard - used),
    ...(scope === 'Some' ? { someOnly: true } : {}),
  };
}
