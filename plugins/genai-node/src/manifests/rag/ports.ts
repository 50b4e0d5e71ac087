/** Where the parts listen. */
export const PORTS = {
  api: 8080,
  chroma: 8000,
  pgvector: 5432,
  milvus: 19530,
} as const;
