import { Pool, type PoolClient } from 'pg';
import type { Settings } from './config.ts';
import { messageOf } from './faults.ts';
import { within } from './patience.ts';
import type { Message } from './prompt.ts';
import { historyFaults, span } from './telemetry.ts';

/** Kept: read and written. Unavailable: configured, but down. Off: not configured, or no session asked for. */
export type HistoryState = 'Kept' | 'Unavailable' | 'Off';

const TIMEOUT_SECONDS = 2;
// After a fault, so that a database that is down does not slow every answer.
const PAUSE_MS = 10_000;

// One transaction for all: two replicas may start at the same moment, and CREATE IF NOT EXISTS alone may clash.
const SCHEMA = `
BEGIN;
SELECT pg_advisory_xact_lock(7261676873);
CREATE TABLE IF NOT EXISTS rag_messages (
  id bigserial PRIMARY KEY,
  session_id text NOT NULL,
  role text NOT NULL CHECK (role IN ('user', 'assistant')),
  content text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS rag_messages_session ON rag_messages (session_id, id);
CREATE INDEX IF NOT EXISTS rag_messages_created ON rag_messages (created_at);
COMMIT;`;

/** Chat history in PostgreSQL. Answers never depend on it: when it is down they go on, and say so. */
export type History = ReturnType<typeof createHistory>;

export function createHistory(settings: Settings['history'], now: () => number = Date.now) {
  const { url, retentionDays, messages } = settings;
  const pool = url ? new Pool({ connectionString: url, max: 5, connectionTimeoutMillis: TIMEOUT_SECONDS * 1000 }) : undefined;
  // Without a listener an idle connection that breaks would end the process.
  pool?.on('error', () => {});
  let closedUntil = 0;
  let hasSchema = false;

  async function connected<T>(from: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await from.connect();
    let broken: Error | undefined;
    try {
      if (!hasSchema) {
        await client.query(SCHEMA);
        hasSchema = true;
      }
      return await work(client);
    } catch (error) {
      // It may be in the middle of a transaction.
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** What `work` gives, undefined when the history is down or off. */
  async function attempt<T>(work: (client: PoolClient) => Promise<T>): Promise<T | undefined> {
    if (!pool || now() < closedUntil) return undefined;
    try {
      const late = () => new Error(`no answer within ${TIMEOUT_SECONDS} s`);
      return await span('rag.history', () => within(TIMEOUT_SECONDS * 2, connected(pool, work), late));
    } catch (error) {
      historyFaults.inc();
      // The table may have gone with a restored database.
      hasSchema = false;
      closedUntil = now() + PAUSE_MS;
      console.error(`The chat history is unavailable, answers go on without it: ${messageOf(error)}`);
      return undefined;
    }
  }

  return {
    on: pool !== undefined,
    retentionDays,
    /** The last messages of a session, oldest first; undefined when the history is down. */
    recent: (sessionId: string) =>
      attempt(async client => {
        const { rows } = await client.query<Message>(
          'SELECT role, content FROM rag_messages WHERE session_id = $1 ' +
            'AND created_at > now() - make_interval(days => $2) ORDER BY id DESC LIMIT $3',
          [sessionId, retentionDays, messages],
        );
        return rows.reverse();
      }),
    /** Keeps a question with its answer, both or none. False when the history is down. */
    append: async (sessionId: string, question: string, answer: string) =>
      (await attempt(async client => {
        await client.query(
          "INSERT INTO rag_messages (session_id, role, content) VALUES ($1, 'user', $2), ($1, 'assistant', $3)",
          [sessionId, question.replaceAll('\0', ''), answer.replaceAll('\0', '')],
        );
        return true;
      })) ?? false,
    /** Deletes a session. The number of messages, undefined when the history is down. */
    forget: (sessionId: string) =>
      attempt(async client => {
        const { rowCount } = await client.query('DELETE FROM rag_messages WHERE session_id = $1', [sessionId]);
        return rowCount ?? 0;
      }),
    /** Deletes what is older than the retention. The number of messages, undefined when the history is down. */
    purge: () =>
      attempt(async client => {
        const { rowCount } = await client.query(
          'DELETE FROM rag_messages WHERE created_at <= now() - make_interval(days => $1)',
          [retentionDays],
        );
        return rowCount ?? 0;
      }),
    /** Whether the history works now. */
    check: async () =>
      (await attempt(async client => {
        await client.query('SELECT 1 FROM rag_messages LIMIT 1');
        return true;
      })) ?? false,
    close: async () => pool?.end(),
  };
}
