import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { phase } from './progress.mjs';
import { run } from './run.mjs';

const DIST = join(ROOT, 'packages', 'app', 'dist');
const STAMP = join(DIST, '.promptside-build');

/** Packages whose sources end up in the browser. */
const FRONTEND_ROLES = new Set([
  'frontend',
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
]);

function frontendPackages() {
  return ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(ROOT, parent))
      .map(name => join(ROOT, parent, name))
      .filter(dir => {
        const manifest = join(dir, 'package.json');
        return (
          existsSync(manifest) &&
          FRONTEND_ROLES.has(
            JSON.parse(readFileSync(manifest, 'utf8')).backstage?.role,
          )
        );
      }),
  );
}

function hashFolder(hash, dir) {
  for (const entry of readdirSync(dir).sort()) {
    const path = join(dir, entry);
    if (statSync(path).isDirectory()) hashFolder(hash, path);
    // Tests do not reach the bundle.
    else if (!/\.test\.tsx?$/.test(entry)) {
      hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    }
  }
}

function inputsHash() {
  const hash = createHash('sha256');
  for (const dir of frontendPackages()) {
    hash.update(readFileSync(join(dir, 'package.json')));
    for (const part of ['src', 'public', 'config.d.ts']) {
      const path = join(dir, part);
      if (!existsSync(path)) continue;
      if (statSync(path).isDirectory()) hashFolder(hash, path);
      else hash.update(readFileSync(path));
    }
  }
  hash.update(readFileSync(join(ROOT, 'yarn.lock')));
  // Which packages are discovered is decided when the bundle is made.
  hash.update(readFileSync(join(ROOT, 'app-config.yaml')));
  return hash.digest('hex');
}

/** Builds the front end when a source of it changed since the last build. */
export async function ensureBuilt({ env, yarn }) {
  const hash = inputsHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  await phase('Building the front end', () =>
    run(yarn[0], [yarn[1], 'workspace', 'app', 'build'], { cwd: ROOT, env }),
  );
  writeFileSync(STAMP, hash);
}
