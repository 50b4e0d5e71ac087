import type { VectorStoreSpoke } from '../VectorStoreSpoke';
import { API_PORT, milvusProbePlan } from './probePlan';
import { milvusRecogniser } from './recognise';
import { milvusRules } from './rules';

/** Milvus. */
export const milvus: VectorStoreSpoke = {
  ...milvusRecogniser,
  probePlan: milvusProbePlan,
  // an API key, or user and password as `user:password`
  credential: {
    port: API_PORT,
    headers: secret => ({ Authorization: `Bearer ${secret}` }),
    passesProxy: false,
  },
  rules: milvusRules,
};
