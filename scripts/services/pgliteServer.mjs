// PostgreSQL with pgvector in a process of its own, from npm. Argument: the port. It keeps nothing.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';

// The demo cluster depends on the packages; wherever they were hoisted to, they are found from there.
const require = createRequire(
  join(ROOT, 'packages', 'demo-cluster', 'package.json'),
);
const { PGlite } = require('@electric-sql/pglite');
const { PGLiteSocketServer } = require('@electric-sql/pglite-socket');
const { vector } = require('@electric-sql/pglite-pgvector');

const db = await PGlite.create({ extensions: { vector } });
const server = new PGLiteSocketServer({
  db,
  host: '127.0.0.1',
  port: Number(process.argv[2]),
  maxConnections: 20,
});
await server.start();
process.stdout.write('listening\n');
process.on('SIGTERM', async () => {
  await server.stop();
  process.exit(0);
});
