import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT, TOOLCHAIN } from './paths.mjs';
import { phase } from './progress.mjs';
import { run } from './run.mjs';
import { UserError } from './UserError.mjs';

const NODE_MAJOR = 24;
const SUPPORTED_MAJORS = [22, 24];

/** Yarn's version stands in one place, the packageManager field. */
function yarnVersion() {
  const { packageManager } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  );
  return packageManager.replace(/^yarn@/, '');
}

/** One sentence for the ways in which npm fails to bring a package. */
export function explainNpm(output) {
  if (
    /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET|network/i.test(
      output,
    )
  ) {
    return 'The package registry cannot be reached. Check the network (and the npm proxy settings), then run the command again.';
  }
  if (/E404|ETARGET|notarget/i.test(output)) {
    return `The registry has no Node ${NODE_MAJOR} for ${process.platform}-${process.arch}. Install Node ${NODE_MAJOR} yourself and run the command again.`;
  }
  if (/EACCES|EROFS|EPERM/.test(output)) {
    return `The folder ${TOOLCHAIN} cannot be written. Make the clone writable and run the command again.`;
  }
  if (/ENOSPC/.test(output)) {
    return 'The disk is full. About 3 GB are needed; free some space and run the command again.';
  }
  return undefined;
}

async function works(program, args) {
  const { code } = await run(program, args, { allowFailure: true }).catch(
    () => ({ code: 1 }),
  );
  return code === 0;
}

/**
 * A supported Node and the pinned Yarn, in the order: already running Node, packages in the clone, npm.
 * Both are npm packages, so that nothing but npm is needed and nothing of the system is touched.
 *
 * @returns {Promise<{ env: NodeJS.ProcessEnv, node: string, yarn: string[] }>} environment with both first on PATH
 */
export async function ensureToolchain() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) {
    throw new UserError(
      `Node ${process.versions.node} is too old: this needs Node 20 or newer. Install a current Node and run the command again.`,
    );
  }
  const yarn = yarnVersion();
  const needsNode = !SUPPORTED_MAJORS.includes(major);
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const bin = join(TOOLCHAIN, 'node_modules', '.bin');
  const yarnScript = join(
    TOOLCHAIN,
    'node_modules',
    '@yarnpkg',
    'cli-dist',
    'bin',
    'yarn.js',
  );
  const node = needsNode
    ? join(TOOLCHAIN, 'node_modules', `node-${platform}`, 'bin', 'node')
    : process.execPath;

  const ready = async () =>
    existsSync(yarnScript) &&
    existsSync(node) &&
    JSON.parse(
      readFileSync(join(yarnScript, '..', '..', 'package.json'), 'utf8'),
    ).version === yarn &&
    (await works(node, ['--version']));

  if (!(await ready())) {
    await phase(
      `Bringing ${needsNode ? `Node ${NODE_MAJOR} and ` : ''}Yarn ${yarn}`,
      async () => {
        // A half-made folder of an interrupted run is of no use.
        rmSync(TOOLCHAIN, { recursive: true, force: true });
        try {
          mkdirSync(TOOLCHAIN, { recursive: true });
        } catch (error) {
          throw new UserError(
            explainNpm(error.code) ??
              `The folder ${TOOLCHAIN} cannot be made: ${error.message}`,
          );
        }
        const packages = [`@yarnpkg/cli-dist@${yarn}`];
        if (needsNode) packages.push(`node-${platform}@${NODE_MAJOR}`);
        await run(
          process.platform === 'win32' ? 'npm.cmd' : 'npm',
          [
            'install',
            '--prefix',
            TOOLCHAIN,
            '--no-audit',
            '--no-fund',
            '--no-save',
            '--ignore-scripts',
            // The reason of a failure must be heard even below `npm --silent`, and without two minutes of retries.
            '--loglevel=error',
            '--prefer-offline',
            '--fetch-retries=2',
            '--fetch-retry-mintimeout=1000',
            '--fetch-retry-maxtimeout=5000',
            ...packages,
          ],
          { explain: explainNpm },
        );
      },
    );
    if (!(await ready())) {
      throw new UserError(
        `Node or Yarn in ${TOOLCHAIN} does not run on this machine. Install Node ${NODE_MAJOR} yourself and run the command again.`,
      );
    }
  }
  const path = [needsNode ? join(node, '..') : undefined, bin, process.env.PATH]
    .filter(Boolean)
    .join(delimiter);
  return {
    node,
    yarn: [node, yarnScript],
    env: {
      ...process.env,
      PATH: path,
      YARN_ENABLE_TELEMETRY: '0',
      // Thousands of modules are compiled at each start otherwise.
      NODE_COMPILE_CACHE:
        process.env.NODE_COMPILE_CACHE ?? join(TOOLCHAIN, 'compile-cache'),
    },
  };
}
