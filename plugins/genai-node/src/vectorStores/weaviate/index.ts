import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { PORT, weaviateProbePlan } from './probePlan';
import { weaviateRecogniser } from './recognise';
import { weaviateRules } from './rules';

/** Weaviate. */
export const weaviate: VectorStoreSpoke = {
  ...weaviateRecogniser,
  probePlan: weaviateProbePlan,
  credential: {
    port: PORT,
    headers: secret => ({ Authorization: `Bearer ${secret}` }),
    passesProxy: false,
  },
  rules: weaviateRules,
};
