export { cronIntervalMs } from './cronIntervalMs';
export { pgvectorColumnFor, type PgvectorColumn } from './pgvector/dimensions';
export {
  readSqlRows,
  tablesToCount,
  type PgvectorRows,
} from './pgvector/readSql';
export { countStatement, PGVECTOR_SQL } from './pgvector/sql';
export type {
  ProbeAnswer,
  ProbePlan,
  ProbeReading,
  ProbeRequest,
} from './ProbePlan';
export { allVectorStores, vectorStoreOf } from './registry';
export type {
  StoredProbe,
  StoreObservation,
  StoreWorkload,
} from './StoreObservation';
export { DEFAULT_STORE_THRESHOLDS, type StoreThresholds } from './thresholds';
export type { VectorStoreRecogniser } from './VectorStoreRecogniser';
export type {
  RuleCheck,
  StoreCredentialUse,
  VectorStoreSpoke,
} from './VectorStoreSpoke';
