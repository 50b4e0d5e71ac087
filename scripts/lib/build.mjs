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
import { bundlePrograms, programsAreWhole, sealPrograms } from './programs.mjs';
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

/** Packages whose sources end up in the portal, the demo cluster and the forge. */
const BACKEND_ROLES = new Set([
  'backend',
  'backend-plugin',
  'backend-plugin-module',
  'node-library',
  'common-library',
]);

/** Folders of the workspaces, of some roles only when told so. */
function workspaces(roles) {
  return ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(ROOT, parent))
      .map(name => join(ROOT, parent, name))
      .filter(dir => {
        const manifest = join(dir, 'package.json');
        if (!existsSync(manifest)) return false;
        return (
          !roles ||
          roles.has(JSON.parse(readFileSync(manifest, 'utf8')).backstage?.role)
        );
      }),
  );
}

/** Adds name and content of every file of a folder, except those of tests, which no build takes in. */
export function hashFolder(hash, dir, root = ROOT) {
  for (const entry of readdirSync(dir).sort()) {
    const path = join(dir, entry);
    if (statSync(path).isDirectory()) hashFolder(hash, path, root);
    else if (!/\.test\.tsx?$/.test(entry)) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  }
}

function hashParts(hash, dirs, parts) {
  for (const dir of dirs) {
    for (const part of ['package.json', ...parts]) {
      const path = join(dir, part);
      if (!existsSync(path)) continue;
      if (statSync(path).isDirectory()) hashFolder(hash, path);
      else hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    }
  }
  return hash.update(readFileSync(join(ROOT, 'yarn.lock')));
}

function frontendHash() {
  return (
    hashParts(createHash('sha256'), workspaces(FRONTEND_ROLES), [
      'src',
      'public',
      'config.d.ts',
    ])
      // Which packages are discovered is decided when the bundle is made.
      .update(readFileSync(join(ROOT, 'app-config.yaml')))
      .digest('hex')
  );
}

function programsHash() {
  return (
    hashParts(createHash('sha256'), workspaces(BACKEND_ROLES), ['src'])
      // How it is built.
      .update(readFileSync(join(ROOT, 'scripts', 'lib', 'programs.mjs')))
      .digest('hex')
  );
}

/** Of everything that the portal's configuration schema is compiled from: it changes whenever one of these does. */
export function configSchemaHash() {
  return hashParts(createHash('sha256'), workspaces(), ['config.d.ts']).digest(
    'hex',
  );
}

/** Bundles the portal, the demo cluster and the forge when a source of theirs changed since, or when a bundle is not whole. */
export async function ensureProgramsBuilt() {
  const hash = programsHash();
  if (programsAreWhole(ROOT, hash)) return;
  await phase('Building the back end', () => bundlePrograms(ROOT));
  sealPrograms(ROOT, hash);
}

/** Builds the back end and the front end, each when a source of it changed since the last build. */
export async function ensureBuilt({ env, yarn }) {
  await ensureProgramsBuilt();
  const hash = frontendHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  await phase('Building the front end', () =>
    run(yarn[0], [yarn[1], 'workspace', 'app', 'build'], { cwd: ROOT, env }),
  );
  writeFileSync(STAMP, hash);
}
