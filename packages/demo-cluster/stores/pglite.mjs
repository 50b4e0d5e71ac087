// PostgreSQL with pgvector on loopback, in a process of its own: the demo's and the one of npm run test:services.
// Arguments: port; --data and a folder, else it keeps nothing; --demo for a table to look at.
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { parseArgs } from 'node:util';
import { ingest } from './ingest.mjs';

const {
  values: { data, demo },
  positionals: [port],
} = parseArgs({
  allowPositionals: true,
  options: { data: { type: 'string' }, demo: { type: 'boolean' } },
});
const ROWS = 240;
const DIMENSION = 384;

const db = await PGlite.create({ dataDir: data, extensions: { vector } });
if (demo) await seed();

// Seeded once: what a person changes or breaks stays as it is over a restart.
async function seed() {
  await db.exec(`CREATE EXTENSION IF NOT EXISTS vector`);
  const { rows } = await db.query(
    `SELECT to_regclass('public.chunks') IS NOT NULL AS seeded`,
  );
  if (rows[0].seeded) return;
  // No random numbers: every demo has the same vectors.
  await db.exec(`
    CREATE TABLE chunks (id bigserial PRIMARY KEY, source text NOT NULL, content text NOT NULL, embedding vector(${DIMENSION}) NOT NULL);
    COMMENT ON TABLE chunks IS '{"embedding_model":"BAAI/bge-small-en-v1.5"}';
    INSERT INTO chunks (source, content, embedding)
    SELECT 'runbook-' || n, 'Step ' || n || ' of the runbook',
      (SELECT array_agg(sin(n * 0.7 + d * 0.13))::vector(${DIMENSION}) FROM generate_series(1, ${DIMENSION}) AS d)
    FROM generate_series(1, ${ROWS}) AS n;
    CREATE INDEX chunks_embedding_idx ON chunks USING hnsw (embedding vector_cosine_ops);
    ANALYZE chunks;
  `);
}

const server = new PGLiteSocketServer({
  db,
  host: '127.0.0.1',
  port: Number(port),
  maxConnections: 20,
});
await server.start();
process.stdout.write('listening\n');

// What the parent tells is what an ingestion would have written.
process.on('message', ingested => {
  ingest(db, ingested).catch(error => process.stderr.write(`${error}\n`));
});

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await server.stop().catch(() => {});
  await db.close().catch(() => {});
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// The parent is gone, however it ended.
process.on('disconnect', stop);
