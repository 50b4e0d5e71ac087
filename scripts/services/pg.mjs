import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

/** The client for PostgreSQL. The portal's backend depends on it; wherever it was hoisted to, it is found from there. */
export const pg = createRequire(
  join(ROOT, 'plugins', 'genai-backend', 'package.json'),
)('pg');

/** Rows of one statement on a connection of its own. */
export async function queryOnce(connectionString, statement, values) {
  const client = new pg.Client({ connectionString });
  // A server that is stopped later must not end the lane.
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}
