import { checkRedundancy, commonRules } from '../commonRules';
import type { StoreObservation } from '../StoreObservation';
import type { RuleCheck } from '../VectorStoreSpoke';

/** Rules of Qdrant: those of every store; its peers are in its own answers. */
export function qdrantRules(observation: StoreObservation): RuleCheck[] {
  return [...checkRedundancy(observation), ...commonRules(observation)];
}
