// Vectors that are too long for pgvector's index in full precision.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { equal, holds } from './checks.mjs';
import { DOCUMENTS, QUESTIONS } from './corpus.mjs';
import { startEmbeddingServer } from './modelServers.mjs';
import { queryOnce } from './pg.mjs';

/** As of Qwen3-Embedding-4B: over the 2,000 of `vector`, under the 4,000 of `halfvec`. */
const WIDE = 2560;
const TOO_WIDE = 4096;

const INDEX_OF = `
  SELECT t.typname AS type, a.atttypmod AS dimension, m.amname AS method, o.opcname AS operators, x.indisvalid AS valid,
         i.relname AS name
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_am m ON m.oid = i.relam
  JOIN pg_opclass o ON o.oid = x.indclass[0]
  JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
  JOIN pg_type t ON t.oid = a.atttypid
  WHERE x.indrelid = to_regclass($1) AND m.amname = 'hnsw'`;

/** Ingests and retrieves with 2,560 dimensions; more than pgvector can index is refused. */
export async function exerciseHalfPrecision(
  check,
  service,
  { server, corpus, work },
) {
  const model = `promptside/words-${WIDE}`;
  const embeddings = await startEmbeddingServer({ model, dimension: WIDE });
  const collection = service.collection('wide');
  const env = {
    COLLECTION: collection,
    SOURCES: corpus,
    EMBEDDING_URL: embeddings.url,
    EMBEDDING_MODEL: model,
    EMBEDDING_DIMENSION: String(WIDE),
  };
  try {
    await check(
      `keeps ${WIDE} dimensions in half precision, indexed`,
      async () => {
        const { code, report, said } = await service.once(['ingest'], env);
        equal([code, report?.new], [0, DOCUMENTS], said);
        const table = `rag_chunks_${collection}`;
        const [{ name, ...index }] = await queryOnce(server.url, INDEX_OF, [
          table,
        ]);
        equal(
          index,
          {
            type: 'halfvec',
            dimension: WIDE,
            method: 'hnsw',
            operators: 'halfvec_cosine_ops',
            valid: true,
          },
          'index',
        );
        // The statement of a search: a table this small would be read as a whole.
        const plan = await queryOnce(
          server.url,
          `SET enable_seqscan = off; SET enable_sort = off;
         EXPLAIN SELECT id FROM ${table} ORDER BY embedding <=> array_fill(0.1, ARRAY[${WIDE}])::halfvec LIMIT 5`,
        );
        holds(
          JSON.stringify(plan).includes(name),
          `the index does not serve it: ${JSON.stringify(plan)}`,
        );
      },
    );
    await check(
      `finds its documents among vectors of ${WIDE} dimensions`,
      async () => {
        const file = join(work, `wide-${service.name}.jsonl`);
        const rows = QUESTIONS.map(({ question, source }) =>
          JSON.stringify({ question, sources: [source] }),
        );
        writeFileSync(file, rows.join('\n'));
        const { code, report, said } = await service.once(
          ['evaluate', '--questions', file, '--least-hit-rate', '0.9'],
          env,
        );
        equal([code, report?.questions], [0, QUESTIONS.length], said);
      },
    );
    await check(`refuses ${TOO_WIDE} dimensions`, async () => {
      const { code, said } = await service.once(['serve'], {
        ...env,
        EMBEDDING_DIMENSION: String(TOO_WIDE),
        PORT: '1',
      });
      holds(code !== 0, 'it started');
      holds(/EMBEDDING_DIMENSION .*4,?000/.test(said), said);
    });
  } finally {
    await embeddings.stop();
  }
}
