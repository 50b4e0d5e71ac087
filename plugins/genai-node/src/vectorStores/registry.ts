import type { VectorStoreEngine } from '@promptside/backstage-plugin-genai-common';
import { chroma } from './chroma';
import { milvus } from './milvus';
import { pgvector } from './pgvector';
import { qdrant } from './qdrant';
import type { VectorStoreSpoke } from './VectorStoreSpoke';
import { weaviate } from './weaviate';

/** Every store that is known. Adding one is a folder and a line here. */
const VECTOR_STORES: readonly VectorStoreSpoke[] = [
  chroma,
  milvus,
  pgvector,
  qdrant,
  weaviate,
];

/** All spokes, in the order in which they are tried. @public */
export function allVectorStores(): readonly VectorStoreSpoke[] {
  return VECTOR_STORES;
}

/** The spoke of an engine; facts name no other ones. @public */
export function vectorStoreOf(engine: VectorStoreEngine): VectorStoreSpoke {
  return VECTOR_STORES.find(spoke => spoke.engine === engine)!;
}
