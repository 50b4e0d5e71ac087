// What the ingestion of a RAG service of the golden path leaves in PostgreSQL, with texts that say that they are simulated.
const DOCUMENTS = 12;
// An HNSW index takes no more of full precision.
const VECTOR_LIMIT = 2000;

const quoted = name => `"${name.replaceAll('"', '""')}"`;
const literal = text => `'${text.replaceAll("'", "''")}'`;

/** @param {{ collection: string, dimension: number, model: string }} ingested */
export async function ingest(db, { collection, dimension, model }) {
  const table = quoted(`rag_chunks_${collection}`);
  const size = Number(dimension);
  const type = size <= VECTOR_LIMIT ? 'vector' : 'halfvec';
  await db.transaction(async tx => {
    await tx.exec(`
      CREATE EXTENSION IF NOT EXISTS vector;
      CREATE TABLE IF NOT EXISTS rag_collections (
        name text PRIMARY KEY, embedding_model text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
      CREATE TABLE IF NOT EXISTS ${table} (
        id text PRIMARY KEY, document text NOT NULL, source text NOT NULL, version text NOT NULL, position integer NOT NULL,
        is_last boolean NOT NULL, title text NOT NULL, content text NOT NULL, embedding ${type}(${size}) NOT NULL);
      CREATE INDEX IF NOT EXISTS ${quoted(`rag_chunks_${collection}_vec`)} ON ${table}
        USING hnsw (embedding ${type}_cosine_ops);
      COMMENT ON TABLE ${table} IS ${literal(JSON.stringify({ embedding_model: model }))};
    `);
    await tx.query(
      'INSERT INTO rag_collections (name, embedding_model) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [collection, model],
    );
    await tx.exec(`
      INSERT INTO ${table} (id, document, source, version, position, is_last, title, content, embedding)
      SELECT n::text, 'page-' || n, 'docs', '1', 0, true, 'Page ' || n, 'A simulated page: nothing was read',
        (SELECT array_agg(sin(n * 0.7 + d * 0.13))::vector FROM generate_series(1, ${size}) AS d)::${type}(${size})
      FROM generate_series(1, ${DOCUMENTS}) AS n ON CONFLICT DO NOTHING;
    `);
  });
}
