// pgvector in PostgreSQL: one table for the chunks of a collection, one row that tells what made it.
import { escapeIdentifier, Pool, type PoolClient, type QueryResultRow } from 'pg';
import type { Settings, StoreRules } from './config.ts';
import { addStored, type Store, type StoredDocuments } from './contract.ts';
import { isFault, messageOf, ServiceFault } from './faults.ts';
import { within } from './patience.ts';

// An HNSW index takes vectors of up to 2,000 dimensions, and of up to 4,000 in half precision.
const VECTOR_LIMIT = 2000;
const HALFVEC_LIMIT = 4000;
export const RULES: StoreRules = {
  urlVariable: 'PGVECTOR_URL',
  urlSchemes: ['postgresql', 'postgres'],
  maxDimension: HALFVEC_LIMIT,
};

// What the index looks at for one search unless told; it never finds more than this.
const DEFAULT_EF_SEARCH = 40;
// Reading all of a large table takes longer than a question may.
const LONG_READ = 30;
const UNDEFINED_TABLE = '42P01';

const literal = (vector: number[]) => `[${vector.join(',')}]`;

/** One collection in a PostgreSQL database. */
export function openStore(settings: Settings): Store {
  const { collection, embedding, storeTimeoutSeconds } = settings;
  const name = `rag_chunks_${collection}`;
  const table = escapeIdentifier(name);
  const type = embedding.dimension <= VECTOR_LIMIT ? 'vector' : 'halfvec';
  const pool = new Pool({ connectionString: settings.storeUrl, max: 8, connectionTimeoutMillis: 3000 });
  // Without a listener an idle connection that breaks would end the process.
  pool.on('error', () => {});

  async function connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      // It may be in the middle of a transaction.
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** Runs statements on a connection, bounded in time, and names their faults. */
  async function run<T>(work: (client: PoolClient) => Promise<T>, patience = 1): Promise<T> {
    const seconds = storeTimeoutSeconds * patience;
    const late = () => new ServiceFault('StoreUnavailable', `PostgreSQL did not answer within ${seconds} s.`);
    try {
      return await within(seconds, connected(work), late);
    } catch (error) {
      if (isFault(error)) throw error;
      const options = { cause: error };
      if ((error as { code?: string }).code === UNDEFINED_TABLE)
        throw new ServiceFault('CollectionMissing', `Collection "${collection}" is not there any more.`, options);
      throw new ServiceFault('StoreUnavailable', `PostgreSQL cannot be used: ${messageOf(error)}`, options);
    }
  }

  const query = <R extends QueryResultRow>(text: string, values: unknown[] = [], patience = 1) =>
    run(async client => (await client.query<R>(text, values)).rows, patience);

  async function ensureExtension(client: PoolClient): Promise<void> {
    const { rowCount } = await client.query("SELECT 1 FROM pg_extension WHERE extname = 'vector'");
    if (rowCount) return;
    try {
      await client.query('CREATE EXTENSION vector');
    } catch (error) {
      throw new ServiceFault(
        'StoreUnavailable',
        'The database has no extension vector, and this user may not create it: let an administrator run ' +
          `CREATE EXTENSION vector. PostgreSQL says: ${messageOf(error)}`,
        { cause: error },
      );
    }
  }

  return {
    async describe() {
      try {
        // A record whose table was dropped is no collection. The modifier of a vector's type is its dimension.
        const [row] = await query<{ embedding_model: string; dimension: number }>(
          `SELECT c.embedding_model, a.atttypmod AS dimension FROM rag_collections c
           JOIN pg_attribute a ON a.attrelid = to_regclass(quote_ident($1)) AND a.attname = 'embedding'
           WHERE c.name = $2`,
          [name, collection],
        );
        return row && { embeddingModel: row.embedding_model, dimension: row.dimension };
      } catch (error) {
        if (isFault(error, 'CollectionMissing')) return undefined;
        throw error;
      }
    },
    create: () =>
      run(async client => {
        await ensureExtension(client);
        await client.query('BEGIN');
        // Two ingestions may start at the same moment, and IF NOT EXISTS alone may clash.
        await client.query('SELECT pg_advisory_xact_lock(7261676874)');
        await client.query(
          `CREATE TABLE IF NOT EXISTS rag_collections (
             name text PRIMARY KEY, embedding_model text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())`,
        );
        await client.query(
          `CREATE TABLE IF NOT EXISTS ${table} (
             id text PRIMARY KEY, document text NOT NULL, source text NOT NULL, version text NOT NULL,
             position integer NOT NULL, is_last boolean NOT NULL, title text NOT NULL, content text NOT NULL,
             embedding ${type}(${embedding.dimension}) NOT NULL)`,
        );
        await client.query(
          `CREATE INDEX IF NOT EXISTS ${escapeIdentifier(`${name}_vec`)} ON ${table} USING hnsw (embedding ${type}_cosine_ops)`,
        );
        await client.query(
          `CREATE INDEX IF NOT EXISTS ${escapeIdentifier(`${name}_doc`)} ON ${table} (document, version)`,
        );
        await client.query(
          `INSERT INTO rag_collections (name, embedding_model) VALUES ($1, $2)
           ON CONFLICT (name) DO UPDATE SET embedding_model = excluded.embedding_model`,
          [collection, embedding.model],
        );
        await client.query('COMMIT');
      }),
    async documents() {
      const rows = await query<{ document: string; source: string; version: string; chunks: number; last: boolean }>(
        `SELECT document, source, version, count(*)::int AS chunks, bool_or(is_last) AS last FROM ${table} GROUP BY 1, 2, 3`,
        [],
        LONG_READ,
      );
      const found: StoredDocuments = new Map();
      for (const row of rows) addStored(found, row);
      return found;
    },
    async put(chunks, vectors) {
      await query(
        `INSERT INTO ${table} (id, document, source, version, position, is_last, title, content, embedding)
         SELECT i, d, s, v, p, l, t, c, e::${type}
         FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bool[], $7::text[], $8::text[], $9::text[])
           AS rows(i, d, s, v, p, l, t, c, e)
         ON CONFLICT (id) DO UPDATE SET content = excluded.content, title = excluded.title, embedding = excluded.embedding`,
        [
          chunks.map(({ id }) => id),
          chunks.map(({ document }) => document),
          chunks.map(({ source }) => source),
          chunks.map(({ version }) => version),
          chunks.map(({ index }) => index),
          chunks.map(({ last }) => last),
          chunks.map(({ title }) => title),
          chunks.map(({ text }) => text),
          vectors.map(literal),
        ],
      );
    },
    async remove(document, version) {
      await query(`DELETE FROM ${table} WHERE document = $1 AND version = $2`, [document, version], LONG_READ);
    },
    search: (vector, limit) =>
      run(async client => {
        await client.query('BEGIN');
        if (limit > DEFAULT_EF_SEARCH) await client.query(`SET LOCAL hnsw.ef_search = ${Number(limit)}`);
        // The index serves only ORDER BY with the operator that it was made for, and LIMIT.
        const { rows } = await client.query(
          `SELECT id, document, title, content AS text, 1 - (embedding <=> $1::${type}) AS score
           FROM ${table} ORDER BY embedding <=> $1::${type} LIMIT $2`,
          [literal(vector), limit],
        );
        await client.query('COMMIT');
        return rows;
      }),
    close: () => pool.end(),
  };
}
