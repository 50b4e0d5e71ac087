import type { VectorStoreRecogniser } from '../VectorStoreRecogniser';

/** Qdrant: `qdrant/qdrant` and mirrors. */
export const qdrantRecogniser: VectorStoreRecogniser = {
  engine: 'qdrant',
  port: 6333,
  matches: ({ repository }) => /(^|\/)qdrant(-unprivileged)?$/.test(repository),
};
