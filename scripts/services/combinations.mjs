import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/run.mjs';
import { cached } from '../realcluster/cache.mjs';
import { cacheRoot, CannotRunError, fingerprint } from './cache.mjs';
import { venvOfLocks } from './python.mjs';

export const FRAMEWORKS = ['langchain', 'llama-index', 'langchain-js'];
export const STORES = ['chroma', 'pgvector', 'milvus'];

/** The variable that holds the store's address, and an address where nobody listens. */
export const STORE_ADDRESS = {
  chroma: { variable: 'CHROMA_URL', deadUrl: 'http://127.0.0.1:1' },
  pgvector: {
    variable: 'PGVECTOR_URL',
    deadUrl: 'postgresql://nobody@127.0.0.1:1/none',
  },
  milvus: { variable: 'MILVUS_URL', deadUrl: 'http://127.0.0.1:1' },
};

const numbers = (output, pattern) => Number(output.match(pattern)?.[1] ?? 0);

/** Runs the service's own tests and checks of style; counts as its test runner does. */
async function pythonTests(bin, folder) {
  const options = { cwd: folder, allowFailure: true };
  const tests = await run(
    bin,
    ['-m', 'pytest', '-q', '-p', 'no:cacheprovider'],
    options,
  );
  const counts = {
    passed: numbers(tests.output, /(\d+) passed/),
    failed:
      numbers(tests.output, /(\d+) failed/) +
      numbers(tests.output, /(\d+) errors?\b/),
  };
  if (tests.code !== 0) {
    process.stdout.write(`${tests.output}\n`);
    counts.failed ||= 1;
  }
  for (const args of [['check'], ['format', '--check']]) {
    const { code, output } = await run(
      bin,
      ['-m', 'ruff', ...args, '--no-cache', '.'],
      options,
    );
    if (code === 0) counts.passed += 1;
    else {
      counts.failed += 1;
      process.stdout.write(`ruff ${args.join(' ')}:\n${output}\n`);
    }
  }
  return counts;
}

/** Installs what the lock files name. Returns how to run the service and its tests. */
export async function preparePython(python, folder, log) {
  const locks = ['requirements.txt', 'requirements-dev.txt'];
  const bin = await venvOfLocks(
    python,
    locks.map(name => join(folder, name)),
    log,
  );
  return {
    command: [bin, '-m', 'rag_service'],
    env: {},
    test: () => pythonTests(bin, folder),
  };
}

const NPM_FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** The packages of a lock file, kept outside the clone and linked into the service. */
async function linkNodeModules(folder, { env, log }) {
  const key = NPM_FILES.map(name => readFileSync(join(folder, name), 'utf8'));
  const from = await cached(
    `node-${process.versions.modules}-${fingerprint(...key)}`,
    ['node_modules'],
    async working => {
      for (const name of NPM_FILES)
        cpSync(join(folder, name), join(working, name));
      const { code, output } = await run('npm', ['ci', '--ignore-scripts'], {
        cwd: working,
        env,
        allowFailure: true,
      });
      if (code !== 0) {
        const tail = output.trim().split('\n').slice(-6).join('\n');
        throw new CannotRunError(`npm packages cannot be installed:\n${tail}`);
      }
    },
    log,
    cacheRoot(),
  );
  symlinkSync(join(from, 'node_modules'), join(folder, 'node_modules'));
}

async function nodeTests({ node, env }, folder) {
  const options = { cwd: folder, env, allowFailure: true };
  const tests = await run(
    node,
    ['--test', '--test-reporter=tap', 'test/*.test.ts'],
    options,
  );
  const counts = {
    passed: numbers(tests.output, /^# pass (\d+)$/m),
    failed: numbers(tests.output, /^# fail (\d+)$/m),
  };
  if (tests.code !== 0) {
    process.stdout.write(`${tests.output}\n`);
    counts.failed ||= 1;
  }
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const types = await run(node, [tsc, '--noEmit'], options);
  if (types.code === 0) counts.passed += 1;
  else {
    counts.failed += 1;
    process.stdout.write(`${types.output}\n`);
  }
  return counts;
}

/** The same for TypeScript. */
export async function prepareNode(folder, options) {
  await linkNodeModules(folder, options);
  return {
    command: [options.node, 'src/main.ts'],
    env: {},
    test: () => nodeTests(options, folder),
  };
}

/** Whether the generated repository is there: a dry run may have failed. */
export const isGenerated = folder => existsSync(join(folder, 'service.env'));
