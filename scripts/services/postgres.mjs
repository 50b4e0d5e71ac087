import { chownSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../lib/ports.mjs';
import { ROOT } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { CannotRunError } from './cache.mjs';
import { startProcess, waitFor } from './processes.mjs';

const quiet = (command, args, options) =>
  run(command, args, { ...options, allowFailure: true }).catch(() => ({
    code: 1,
    output: '',
  }));

/** Where a PostgreSQL's programs are, if it has pgvector. */
async function withVector(pgConfig) {
  const { code, output } = await quiet(pgConfig, ['--bindir', '--sharedir']);
  const [bin, share] = output.trim().split('\n');
  return code === 0 &&
    existsSync(join(bin, 'initdb')) &&
    existsSync(join(share, 'extension', 'vector.control'))
    ? bin
    : undefined;
}

/**
 * Folder of PostgreSQL's programs, in this order: PROMPTSIDE_PG_BIN, pg_config on the PATH, and with PROMPTSIDE_APT=1 and as root
 * the package of pgvector for the installed PostgreSQL. Undefined when there is none with pgvector.
 */
async function findPostgres() {
  const given = process.env.PROMPTSIDE_PG_BIN;
  if (given) {
    if (existsSync(join(given, 'initdb'))) return given;
    throw new CannotRunError(`PROMPTSIDE_PG_BIN (${given}) has no initdb`);
  }
  const found = await withVector('pg_config');
  if (found) return found;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || process.env.PROMPTSIDE_APT !== '1') return undefined;
  const { output } = await quiet('pg_config', ['--version']);
  const major = output.match(/(\d+)/)?.[1];
  if (!major) return undefined;
  await quiet('apt-get', [
    ...['-qq', '-y', '--no-install-recommends'],
    ...['install', `postgresql-${major}-pgvector`],
  ]);
  return withVector('pg_config');
}

/** PostgreSQL refuses to run as root, so root runs it as the user that its package made. */
async function account() {
  if (process.getuid?.() !== 0) return {};
  const number = async flag =>
    Number((await quiet('id', [flag, 'postgres'])).output.trim());
  const [uid, gid] = [await number('-u'), await number('-g')];
  if (!uid) throw new CannotRunError('root has no user postgres to run it as');
  return { uid, gid };
}

async function startReal(bin, folder) {
  const user = await account();
  mkdirSync(folder, { recursive: true });
  if (user.uid) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  await run(
    join(bin, 'initdb'),
    [
      ...['-D', data, '-U', 'postgres', '-A', 'trust'],
      ...['-E', 'UTF8', '--locale=C.UTF-8'],
    ],
    { ...user, cwd: folder },
  );
  const port = await freePort(0);
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    jit: 'off',
  };
  const started = startProcess(
    join(bin, 'postgres'),
    [
      ...['-D', data, '-p', String(port)],
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    { ...user, cwd: folder },
  );
  await waitFor('PostgreSQL', started, () =>
    /ready to accept connections/.test(started.output()),
  );
  const { output } = await quiet(join(bin, 'postgres'), ['--version']);
  return {
    label: output.trim().replace(/ \(.*/, ''),
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    // Fast shutdown: ends sessions, writes everything.
    stop: () => started.stop('SIGINT'),
  };
}

async function startPGlite({ node }) {
  const port = await freePort(0);
  const started = startProcess(
    node,
    [join(ROOT, 'scripts', 'services', 'pgliteServer.mjs'), String(port)],
    { cwd: join(ROOT, 'packages', 'demo-cluster') },
  );
  await waitFor('PGlite', started, () => /listening/.test(started.output()));
  return {
    label: 'PGlite with pgvector',
    url: `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`,
    stop: () => started.stop('SIGTERM'),
  };
}

/** A PostgreSQL with pgvector: a real one where the machine has it, else PGlite (one query at a time). */
export async function startPostgres(folder, options) {
  const bin = await findPostgres();
  if (bin) return startReal(bin, folder);
  options.log('no PostgreSQL with pgvector here, PGlite takes its place');
  return startPGlite(options).catch(error => {
    throw new CannotRunError(`PostgreSQL cannot be had: ${error.message}`);
  });
}
