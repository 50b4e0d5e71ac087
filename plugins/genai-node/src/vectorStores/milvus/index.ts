import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { milvusProbePlan } from './probePlan';
import { milvusRecogniser } from './recognise';
import { milvusRules } from './rules';

/** Milvus. */
export const milvus: VectorStoreSpoke = {
  ...milvusRecogniser,
  probePlan: milvusProbePlan,
  rules: milvusRules,
};
