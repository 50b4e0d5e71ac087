import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

/** The client for PostgreSQL. The portal's backend depends on it; wherever it was hoisted to, it is found from there. */
export const pg = createRequire(
  join(ROOT, 'plugins', 'genai-backend', 'package.json'),
)('pg');

/** Rows of a statement on a connection of its own; without values it may be several, and the rows are those of the last. */
export async function queryOnce(connectionString, statement, values) {
  const client = new pg.Client({ connectionString });
  // A server that is stopped later must not end the lane.
  client.on('error', () => {});
  await client.connect();
  try {
    return [await client.query(statement, values)].flat().at(-1).rows;
  } finally {
    await client.end();
  }
}
