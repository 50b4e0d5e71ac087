import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../lib/ports.mjs';
import { ROOT } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { CannotRunError } from './cache.mjs';
import { queryOnce } from './pg.mjs';
import { findPostgres, runnable } from './postgresPrograms.mjs';
import { startProcess, waitFor } from './processes.mjs';

/** Versions of server and extension, as the server itself tells them. */
async function versionsOf(url) {
  const [{ server, extension }] = await queryOnce(
    url,
    `SELECT current_setting('server_version') AS server, default_version AS extension
     FROM pg_available_extensions WHERE name = 'vector'`,
  );
  return `${server} with pgvector ${extension}`;
}

async function startReal(programs, folder) {
  const { bin, user } = await runnable(programs, folder);
  const options = { ...user, cwd: folder };
  const data = join(folder, 'data');
  await run(
    join(bin, 'initdb'),
    // "C" is in every system, and sorts the same in each.
    [
      ...['-D', data, '-U', 'postgres', '-A', 'trust'],
      ...['-E', 'UTF8', '--locale=C'],
    ],
    options,
  );
  const port = await freePort(0);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    jit: 'off',
  };
  let started;
  const start = async () => {
    if (started?.isRunning()) return;
    started = startProcess(
      join(bin, 'postgres'),
      [
        ...['-D', data, '-p', String(port)],
        ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
      ],
      // Fast shutdown ends sessions and writes everything; the immediate one takes its own processes with it, as SIGKILL does not.
      { ...options, endSignal: 'SIGINT', abortSignal: 'SIGQUIT' },
    );
    await waitFor('PostgreSQL', started, () =>
      /ready to accept connections/.test(started.output()),
    );
  };
  await start();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  return {
    label: `PostgreSQL ${await versionsOf(url)}`,
    url,
    isReal: true,
    start,
    stop: () => started.stop(),
  };
}

async function startPGlite({ node }) {
  const port = await freePort(0);
  const started = startProcess(node, [
    join(ROOT, 'packages', 'demo-cluster', 'stores', 'pglite.mjs'),
    String(port),
  ]);
  await waitFor('PGlite', started, () => /listening/.test(started.output()));
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`;
  return {
    label: `PGlite ${await versionsOf(url)}`,
    url,
    isReal: false,
    stop: () => started.stop(),
  };
}

/** A real PostgreSQL with pgvector, else PGlite: PostgreSQL in WebAssembly, one query at a time. */
export async function startPostgres(folder, options) {
  mkdirSync(folder, { recursive: true });
  const programs = await findPostgres(options);
  if (programs) return startReal(programs, folder);
  options.log('no PostgreSQL with pgvector here, PGlite takes its place');
  return startPGlite(options).catch(error => {
    throw new CannotRunError(`PostgreSQL cannot be had: ${error.message}`);
  });
}
