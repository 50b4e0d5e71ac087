import type { VectorStoreRecogniser } from '../VectorStoreRecogniser';

/** PostgreSQL with pgvector as a plain workload: `pgvector/pgvector` and mirrors. CloudNativePG clusters are read from their own resource. */
export const pgvectorRecogniser: VectorStoreRecogniser = {
  engine: 'pgvector',
  port: 5432,
  matches: ({ repository }) => /(^|\/)pgvector$/.test(repository),
};
