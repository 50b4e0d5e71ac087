import { cpSync, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cached } from '../realcluster/cache.mjs';
import { run } from '../lib/run.mjs';
import { cacheRoot, CannotRunError, fingerprint } from './cache.mjs';

const CANDIDATES = ['python3.13', 'python3.12', 'python3.11', 'python3'];
// Installs the same locked files in seconds instead of a minute; pip does where it cannot be had.
const UV = 'uv==0.13.9';

const PROBE =
  'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2], sys.executable)';

/** Path and version of a Python of 3.11 or newer that can make virtual environments. */
export async function findPython() {
  const tried = process.env.PROMPTSIDE_PYTHON
    ? [process.env.PROMPTSIDE_PYTHON]
    : CANDIDATES;
  for (const command of tried) {
    const { code, output } = await run(command, ['-c', PROBE], {
      allowFailure: true,
    }).catch(() => ({ code: 1, output: '' }));
    const [version, executable] = output.trim().split(' ');
    if (code === 0 && Number(version.split('.')[1]) >= 11)
      return { version, executable };
  }
  throw new CannotRunError(
    `no Python of 3.11 or newer with venv was found (tried ${tried.join(', ')}); PROMPTSIDE_PYTHON may name one`,
  );
}

const interpreter = folder => join(folder, 'bin', 'python');

async function makeVenv(python, folder, install) {
  await run(python.executable, ['-m', 'venv', folder]);
  await install(interpreter(folder));
}

/** A folder with uv, or undefined where the registry has none for this machine. */
async function ensureUv(python, log) {
  try {
    const folder = await cached(
      `uv-${python.version}-${fingerprint(UV)}`,
      ['bin/uv'],
      working =>
        makeVenv(python, working, bin =>
          run(bin, ['-m', 'pip', 'install', '--quiet', UV]),
        ),
      log,
      cacheRoot(),
    );
    return join(folder, 'bin', 'uv');
  } catch (error) {
    log(`uv cannot be had, pip does it: ${error.message.split('\n')[0]}`);
    return undefined;
  }
}

async function install(python, bin, args, log) {
  const uv = await ensureUv(python, log);
  const [command, ...before] = uv
    ? [uv, 'pip', 'install', '--quiet', '--python', bin]
    : [bin, '-m', 'pip', 'install', '--quiet'];
  const { code, output } = await run(command, [...before, ...args], {
    allowFailure: true,
  });
  if (code !== 0) {
    const tail = output.trim().split('\n').slice(-6).join('\n');
    throw new CannotRunError(`Python packages cannot be installed:\n${tail}`);
  }
}

/** Interpreter of an environment with the packages of locked files, checked by their hashes. */
export async function venvOfLocks(python, locks, log) {
  const key = fingerprint(...locks.map(file => readFileSync(file, 'utf8')));
  const folder = await cached(
    `venv-${python.version}-${key}`,
    ['ready'],
    async working => {
      await makeVenv(python, working, bin =>
        install(
          python,
          bin,
          ['--require-hashes', ...locks.flatMap(file => ['-r', file])],
          log,
        ),
      );
      cpSync(locks[0], join(working, 'ready'));
    },
    log,
    cacheRoot(),
  );
  return interpreter(folder);
}

/** Interpreter of an environment with packages by name, for servers that only tests need. */
export async function venvOfPackages(python, packages, log) {
  const folder = await cached(
    `venv-${python.version}-${fingerprint(...packages)}`,
    ['bin/python'],
    working =>
      makeVenv(python, working, bin => install(python, bin, packages, log)),
    log,
    cacheRoot(),
  );
  return interpreter(folder);
}

/** The folder of the PATH that holds a program, or undefined. */
export function findOnPath(program) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .find(folder => folder && existsSync(join(folder, program)));
}
