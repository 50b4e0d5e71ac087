/**
 * Table in which a RAG service of the golden path keeps a collection; `store` of its source says the same.
 *
 * @param collection - as `rag.yaml` calls it
 */
export function tableOf(collection: string): string {
  return `rag_chunks_${collection}`;
}
