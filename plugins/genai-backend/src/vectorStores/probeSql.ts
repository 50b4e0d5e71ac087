import {
  countStatement,
  PGVECTOR_SQL,
  readSqlRows,
  tablesToCount,
  type PgvectorRows,
  type ProbeReading,
  type StoreThresholds,
} from '@promptside/backstage-plugin-genai-node';
import type { Fault } from '@promptside/backstage-plugin-genai-common';
import { Client } from 'pg';
import { isoNow, type Clock } from '../connections/Clock';
import type { SqlSource } from './vectorStoresConfig';

type Rows = Record<string, unknown>[];

/** The part of `pg`'s client that is needed. */
export interface SqlClient {
  connect(): Promise<unknown>;
  query(sql: string): Promise<{ rows: Rows }>;
  end(): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Opens a connection to a source. */
export type CreateSqlClient = (
  source: SqlSource,
  timeoutMs: number,
) => SqlClient;

/** A connection of `pg` that gives up after `timeoutMs`, at each of its steps. */
export const createPgClient: CreateSqlClient = (source, timeoutMs) =>
  new Client({
    host: source.host,
    port: source.port,
    database: source.database,
    user: source.user,
    password: source.password,
    ssl: source.tls === 'verify',
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: 'promptside-probe',
  });

/** SQLSTATE classes: 28 is a refused login, 3D a database that is not there, 42501 a missing right. */
const REFUSED = /^(28|3D|42501)/;

/**
 * Asks a PostgreSQL what is in it: one connection, one transaction that can only read, and a limit for every statement. Never
 * throws.
 */
export async function probeSql(options: {
  source: SqlSource;
  timeoutMs: number;
  thresholds: StoreThresholds;
  clock: Clock;
  createClient?: CreateSqlClient;
}): Promise<ProbeReading> {
  const { source, timeoutMs, clock, createClient = createPgClient } = options;
  const startedAt = clock.now();
  const client = createClient(source, timeoutMs);
  // a connection that breaks while nobody waits must not end the process
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION READ ONLY');
    await client.query(
      `SET LOCAL statement_timeout = ${Math.max(1, Math.round(timeoutMs))}`,
    );
    const version = await rowsOf(client, PGVECTOR_SQL.version);
    const latencyMs = clock.now() - startedAt;
    // without the extension its types are not there to ask for
    const known = version[0]?.extension_version
      ? await readCatalog(client)
      : { columns: [], indexes: [], builds: [], counts: {} };
    await client.query('ROLLBACK');
    return readSqlRows({ version, ...known }, latencyMs, options.thresholds);
  } catch (error) {
    return failedReading(error, clock.now() - startedAt, isoNow(clock));
  } finally {
    await client.end().catch(() => {});
  }
}

async function readCatalog(
  client: SqlClient,
): Promise<Omit<PgvectorRows, 'version'>> {
  const columns = await rowsOf(client, PGVECTOR_SQL.columns);
  const indexes = await rowsOf(client, PGVECTOR_SQL.indexes);
  const builds = await rowsOf(client, PGVECTOR_SQL.builds);
  const counts: Record<string, number> = {};
  for (const table of tablesToCount(columns)) {
    await client.query('SAVEPOINT counting');
    try {
      const [row] = await rowsOf(client, countStatement(table));
      counts[table] = Number(row.exact_count);
    } catch {
      // no right on this table, or it is locked: its count stays unknown
      await client.query('ROLLBACK TO SAVEPOINT counting');
    }
  }
  return { columns, indexes, builds, counts };
}

async function rowsOf(client: SqlClient, sql: string): Promise<Rows> {
  const { rows } = await client.query(sql);
  return rows;
}

function failedReading(
  error: unknown,
  latencyMs: number,
  at: string,
): ProbeReading {
  const known = error as { code?: unknown; message?: unknown };
  const code = typeof known.code === 'string' ? known.code : '';
  const message = String(known.message || code || error).slice(0, 300);
  const refused = REFUSED.test(code);
  const late = /timeout|timed out/i.test(message) || code === '57014';
  let reason: Fault['reason'] = 'Unreachable';
  if (refused) reason = 'Unauthorized';
  else if (late) reason = 'Timeout';
  const fault: Fault = { reason, message, at };
  return {
    checks: [
      refused
        ? { name: 'Reachable', outcome: 'Pass', latencyMs }
        : {
            name: 'Reachable',
            outcome: 'Fail',
            impact: late ? 'Degraded' : 'Down',
            reason,
            message: `PostgreSQL does not answer: ${message}`,
            latencyMs,
          },
      ...(refused
        ? [
            {
              name: 'Collections',
              outcome: 'Unknown' as const,
              reason,
              message: `The configured role may not read: ${message}`,
            },
          ]
        : []),
    ],
    collections: [],
    latencyMs,
    fault,
  };
}
