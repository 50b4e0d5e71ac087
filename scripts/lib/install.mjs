import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, TOOLCHAIN } from './paths.mjs';
import { phase, say } from './progress.mjs';
import { run } from './run.mjs';

const STAMP = join(ROOT, 'node_modules', '.promptside-install');

/** One sentence for the ways in which an install fails. */
export function explainYarn(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|RequestError|getaddrinfo/.test(
      output,
    )
  ) {
    return 'The package registry cannot be reached. Check the network (and the proxy settings of Yarn), then run the command again; what was fetched already is kept.';
  }
  if (/YN0028/.test(output)) {
    return 'yarn.lock does not fit the package.json files. Run "yarn install" and commit the lock file.';
  }
  if (/ENOSPC/.test(output)) {
    return 'The disk is full. About 3 GB are needed; free some space and run the command again.';
  }
  if (/EACCES|EROFS/.test(output)) {
    return 'The clone cannot be written. Make it writable and run the command again.';
  }
  return undefined;
}

/**
 * Folders of installed packages that are not whole, by the linker's own record: a killed install or a cleaning hand
 * leaves folders without their manifest.
 *
 * @param {string} root folder with node_modules
 * @returns {string[] | undefined} absolute paths, or undefined when nothing was ever installed
 */
export function brokenPackages(root) {
  const record = join(root, 'node_modules', '.yarn-state.yml');
  if (!existsSync(record)) return undefined;
  // The record lists aliases in the same form; only those have a colon.
  return [...readFileSync(record, 'utf8').matchAll(/^ {4}- "([^":]+)"$/gm)]
    .map(([, location]) => join(root, location))
    .filter(dir => !existsSync(join(dir, 'package.json')));
}

function lockHash(node) {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'yarn.lock')))
    .update(node)
    .digest('hex');
}

/** A cache that a killed run or a full disk left behind shows as one of these. */
export const isDamagedCache = message =>
  /YN0018|checksum|corrupt|unexpected end|invalid zip|zip archive|Libzip/i.test(
    message,
  );

/** Installs from the lock file, unless node_modules is of this very lock file already, and whole. */
export async function ensureInstalled({ env, yarn, node }) {
  const hash = lockHash(node);
  const stamped = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
  const broken = brokenPackages(ROOT);
  if (stamped && broken?.length === 0) return;
  // Yarn brings back a folder that is gone, but trusts one that is there.
  broken?.forEach(dir => {
    if (dir.startsWith(join(ROOT, 'node_modules'))) {
      rmSync(dir, { recursive: true, force: true });
    }
  });
  await phase('Installing dependencies from the lock file', async () => {
    const attempt = extra =>
      run(yarn[0], [yarn[1], 'install', '--immutable'], {
        cwd: ROOT,
        env: { ...env, ...extra },
        explain: explainYarn,
      });
    try {
      await attempt();
    } catch (error) {
      if (!isDamagedCache(error.message)) throw error;
      say(
        "  Yarn's cache on this machine is damaged; a cache in the clone takes its place",
      );
      await attempt({
        YARN_ENABLE_GLOBAL_CACHE: 'false',
        YARN_ENABLE_MIRROR: 'false',
        YARN_CACHE_FOLDER: join(TOOLCHAIN, 'yarn-cache'),
      });
    }
    mkdirSync(dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, hash);
  });
}
