import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { weaviateProbePlan } from './probePlan';
import { weaviateRecogniser } from './recognise';
import { weaviateRules } from './rules';

/** Weaviate. */
export const weaviate: VectorStoreSpoke = {
  ...weaviateRecogniser,
  probePlan: weaviateProbePlan,
  rules: weaviateRules,
};
