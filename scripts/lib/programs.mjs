import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from './UserError.mjs';

/** The programs of a start that are written in TypeScript: folder of the package and source of the entry. */
const PROGRAMS = {
  portal: { folder: 'packages/backend', entry: 'src/index.ts' },
  cluster: { folder: 'packages/demo-cluster', entry: 'src/main.ts' },
  forge: { folder: 'packages/demo-forge', entry: 'src/main.ts' },
};

/** Our own packages go into a bundle; what was installed is loaded from node_modules, as ever. */
const OWN_SCOPE = '@promptside/';

/** As deep below the package as its sources are, for paths that begin at the folder of the source. */
const outputOf = (root, name) =>
  join(root, PROGRAMS[name].folder, 'dist', 'start', `${name}.cjs`);

const stampOf = root =>
  join(root, PROGRAMS.portal.folder, 'dist', 'start', '.programs');

/** Path of a program's bundle. */
export const programFile = (root, name) => outputOf(root, name);

function sealOf(root, hash) {
  const seal = createHash('sha256').update(hash);
  for (const name of Object.keys(PROGRAMS)) {
    seal.update(readFileSync(outputOf(root, name)));
  }
  return seal.digest('hex');
}

/** Whether the bundles are of these sources, and as they were written. */
export function programsAreWhole(root, hash) {
  try {
    return readFileSync(stampOf(root), 'utf8') === sealOf(root, hash);
  } catch {
    return false;
  }
}

/** Notes of which sources the bundles are. */
export function sealPrograms(root, hash) {
  writeFileSync(stampOf(root), sealOf(root, hash));
}

/** Leaves imports of installed packages as they are. */
const installedStayOutside = {
  name: 'installed-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) => {
      if (kind === 'entry-point' || path.startsWith(OWN_SCOPE)) {
        return undefined;
      }
      // The bundle lies in another package than the import: a version that is installed for that one alone would be missed.
      const [scope, name] = path.split('/');
      const folder = scope.startsWith('@') ? join(scope, name ?? '') : scope;
      const owner = resolveDir.replace(/[\\/]src([\\/].*)?$/, '');
      if (existsSync(join(owner, 'node_modules', folder))) {
        return {
          errors: [
            {
              text: `${path} is installed for ${owner} alone; it must be of one version in the whole repository (yarn dedupe)`,
            },
          ],
        };
      }
      return { path, external: true };
    });
  },
};

/**
 * Writes each program and our packages that it needs as one file of JavaScript, so that a start transforms nothing.
 *
 * @throws {UserError} with esbuild's words when a source cannot be built
 */
export async function bundlePrograms(root) {
  // Installed just now, perhaps: not to be loaded with this file.
  const { build, stop } = await import('esbuild');
  rmSync(stampOf(root), { force: true });
  try {
    await Promise.all(
      Object.entries(PROGRAMS).map(([name, { folder, entry }]) =>
        build({
          absWorkingDir: root,
          entryPoints: [join(root, folder, entry)],
          outfile: outputOf(root, name),
          bundle: true,
          platform: 'node',
          format: 'cjs',
          target: 'node22',
          // Errors are recognised by the name of their class.
          keepNames: true,
          // As when sources are transformed one by one, whatever a tsconfig.json nearby says.
          tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
          plugins: [installedStayOutside],
          logLevel: 'silent',
        }),
      ),
    );
  } catch (error) {
    const words = (error.errors ?? [])
      .map(({ text, location }) =>
        location ? `${location.file}:${location.line}: ${text}` : text,
      )
      .join('\n');
    throw new UserError(
      `The back end cannot be built:\n${words || error.message}`,
    );
  } finally {
    await stop?.();
  }
}
