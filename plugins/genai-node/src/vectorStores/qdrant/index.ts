import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { qdrantProbePlan } from './probePlan';
import { qdrantRecogniser } from './recognise';
import { qdrantRules } from './rules';

/** Qdrant. */
export const qdrant: VectorStoreSpoke = {
  ...qdrantRecogniser,
  probePlan: qdrantProbePlan,
  rules: qdrantRules,
};
