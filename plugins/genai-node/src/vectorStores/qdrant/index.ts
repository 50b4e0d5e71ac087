import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { PORT, qdrantProbePlan } from './probePlan';
import { qdrantRecogniser } from './recognise';
import { qdrantRules } from './rules';

/** Qdrant. */
export const qdrant: VectorStoreSpoke = {
  ...qdrantRecogniser,
  probePlan: qdrantProbePlan,
  credential: {
    port: PORT,
    headers: secret => ({ 'api-key': secret }),
    passesProxy: true,
  },
  rules: qdrantRules,
};
