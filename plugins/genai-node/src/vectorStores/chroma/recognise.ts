import type { VectorStoreRecogniser } from '../VectorStoreRecogniser';

/** Chroma: `ghcr.io/chroma-core/chroma`, `chromadb/chroma` and mirrors. */
export const chromaRecogniser: VectorStoreRecogniser = {
  engine: 'chroma',
  port: 8000,
  matches: ({ repository }) => /(^|\/)chroma(db)?$/.test(repository),
};
