import type { VectorStoreRecogniser } from '../VectorStoreRecogniser';

/** Milvus components: `milvusdb/milvus` and mirrors; Attu, etcd and object storage have images of their own. */
export const milvusRecogniser: VectorStoreRecogniser = {
  engine: 'milvus',
  port: 19_530,
  matches: ({ repository }) => /(^|\/)milvus$/.test(repository),
};
