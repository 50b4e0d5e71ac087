import { checkRedundancy, commonRules } from '../commonRules';
import { fail } from '../ruleWords';
import type { StoreObservation } from '../StoreObservation';
import type { RuleCheck } from '../VectorStoreSpoke';

/** Rules of Chroma on a single node: it does not replicate, so more replicas are more stores and not a safer one. */
export function chromaRules(observation: StoreObservation): RuleCheck[] {
  const { desired } = observation.replicas;
  return [
    ...(desired > 1
      ? [
          fail('Redundancy', 'Degraded', {
            reason: 'IndependentReplicas',
            message: `Chroma does not replicate: ${desired} replicas are ${desired} separate stores behind one Service`,
          }),
        ]
      : checkRedundancy(observation)),
    ...commonRules(observation),
  ];
}
