import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface Client {
  connect(): Promise<void>;
  query(text: string): Promise<unknown>;
  end(): Promise<void>;
}

// The portal's own driver: the app itself speaks to no database.
const { Client: PgClient } = createRequire(
  new URL('../../../plugins/genai-backend/package.json', import.meta.url),
)('pg') as { Client: new (options: object) => Client };

/** Runs SQL in the real PostgreSQL behind the demo's handbook-pg, as the one who owns it would. */
export async function sql(text: string): Promise<void> {
  const ports = JSON.parse(
    readFileSync(join(process.env.PROMPTSIDE_STATE_DIR!, 'ports.json'), 'utf8'),
  ) as { postgres: number };
  const client = new PgClient({
    host: '127.0.0.1',
    port: ports.postgres,
    user: 'postgres',
    database: 'postgres',
  });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
