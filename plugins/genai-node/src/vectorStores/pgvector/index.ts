import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { pgvectorProbePlan } from './probePlan';
import { pgvectorRecogniser } from './recognise';
import { pgvectorRules } from './rules';

/** PostgreSQL with pgvector, on CloudNativePG or on its own. */
export const pgvector: VectorStoreSpoke = {
  ...pgvectorRecogniser,
  probePlan: pgvectorProbePlan,
  rules: pgvectorRules,
};
