import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The folder that outlives clones: `$XDG_CACHE_HOME/promptside/kube` or `~/.cache/promptside/kube`. */
export function cacheRoot() {
  return join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'promptside',
    'kube',
  );
}

const ABANDONED_AFTER_MS = 10_000;

function isAlive(pid) {
  // Number 0 would ask for the whole process group.
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Number of the process that holds the lock, if it is known. A lock that stays without a number was left by
 * a process that died between making the folder and writing into it.
 */
function ownerOf(path) {
  try {
    const file = join(path, 'pid');
    if (existsSync(file))
      return Number(readFileSync(file, 'utf8')) || undefined;
    const age = Date.now() - statSync(path).mtimeMs;
    return age > ABANDONED_AFTER_MS ? 0 : undefined;
  } catch {
    // Released in this very moment.
    return undefined;
  }
}

/** Takes the lock folder; a lock whose owner is gone is broken. Resolves to the release function. */
async function lock(path, log) {
  let told = false;
  for (;;) {
    try {
      mkdirSync(path);
      writeFileSync(join(path, 'pid'), String(process.pid));
      return () => rmSync(path, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(path);
    if (owner !== undefined && !isAlive(owner)) {
      // Renamed first, so that of two waiters only one breaks the lock.
      try {
        const broken = `${path}.broken-${process.pid}`;
        renameSync(path, broken);
        rmSync(broken, { recursive: true, force: true });
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
      continue;
    }
    if (!told) {
      log(
        `waiting for another build (process ${owner ?? 'unknown'}) to finish`,
      );
      told = true;
    }
    await sleep(1000);
  }
}

/**
 * Returns the folder `key` of the cache, or of another one's `root`, filled by `fill` when it is not there or lacks one of `files`.
 * The folder appears by one rename after everything in it is complete: a killed build leaves nothing
 * that looks finished, and two builders never work on the same folder.
 */
export async function cached(key, files, fill, log, root = cacheRoot()) {
  const final = join(root, key);
  const complete = () => files.every(file => existsSync(join(final, file)));
  if (complete()) return final;
  mkdirSync(root, { recursive: true });
  const release = await lock(join(root, `${key}.lock`), log);
  const working = join(root, `${key}.partial-${process.pid}`);
  try {
    if (complete()) return final;
    rmSync(working, { recursive: true, force: true });
    mkdirSync(working);
    await fill(working);
    rmSync(final, { recursive: true, force: true });
    renameSync(working, final);
    return final;
  } finally {
    rmSync(working, { recursive: true, force: true });
    release();
  }
}
