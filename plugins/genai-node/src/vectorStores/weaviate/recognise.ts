import type { VectorStoreRecogniser } from '../VectorStoreRecogniser';

/** Weaviate: `semitechnologies/weaviate` and mirrors. */
export const weaviateRecogniser: VectorStoreRecogniser = {
  engine: 'weaviate',
  port: 8080,
  matches: ({ repository }) => /(^|\/)weaviate$/.test(repository),
};
