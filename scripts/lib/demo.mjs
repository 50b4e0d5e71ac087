import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchemaHash } from './build.mjs';
import { ROOT, STATE, TOOLCHAIN } from './paths.mjs';
import { freePort } from './ports.mjs';
import { programFile } from './programs.mjs';
import { UserError } from './UserError.mjs';

// Thousands of modules make much that lives for a moment only: with room for it a start spends half as long on collecting it.
const ROOM = ['--max-semi-space-size=64'];

const PRELOADED = [
  'keepCompiled.cjs',
  'keepConfigSchema.cjs',
  'quickValidators.cjs',
];

/** Secrets of this demo: made once, readable by the owner only, never committed. */
function demoSecrets() {
  const file = join(STATE, 'secrets.json');
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      throw new UserError(
        `${file} is damaged. Run "npm run reset" to begin with fresh data.`,
      );
    }
  }
  const secrets = {
    forgePassword: randomBytes(24).toString('base64url'),
  };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

/** Makes the state folder. */
export function ensureState() {
  try {
    mkdirSync(STATE, { recursive: true });
  } catch (error) {
    throw new UserError(
      `The folder ${STATE} cannot be made (${error.message}). Make the clone writable and run the command again.`,
    );
  }
}

/** Starts the demo cluster and the forge and gives the environment that app-config.yaml reads. */
export async function startSurroundings(children, toolchain) {
  return (await launchSurroundings(children, toolchain)).ready;
}

/**
 * Starts the demo cluster and the forge. `ready` resolves with the environment that app-config.yaml reads, once both answer;
 * `expected` is the same environment where an earlier start tells it, so that the portal need not wait.
 */
export async function launchSurroundings(children, { node, env }) {
  ensureState();
  const secrets = demoSecrets();
  const common = { cwd: ROOT, env: { ...env, NODE_ENV: 'production' } };

  // Old ports first: the forge's URL is written into the catalog, kubeconfigs into people's shells.
  const ports = readPorts();
  const clusterPort = await freePort(ports.cluster ?? 7443);
  const forgePort = await freePort(ports.forge ?? 7008);
  const postgresPort = await freePort(ports.postgres ?? 7432);
  writeFileSync(
    join(STATE, 'ports.json'),
    JSON.stringify({
      cluster: clusterPort,
      forge: forgePort,
      postgres: postgresPort,
    }),
  );
  if (ports.forge && ports.forge !== forgePort) {
    process.stdout.write(
      `  Port ${ports.forge} of the git host is taken; entities of earlier services point there until it is free\n`,
    );
  }

  const earlier = earlierCluster();
  const cluster = children.start(
    'cluster',
    node,
    [
      programFile(ROOT, 'cluster'),
      '--state-dir',
      STATE,
      '--port',
      String(clusterPort),
      '--stores',
      '--postgres-port',
      String(postgresPort),
      ...(process.env.PROMPTSIDE_TIME_SCALE
        ? ['--time-scale', process.env.PROMPTSIDE_TIME_SCALE]
        : []),
    ],
    { ...common, quiet: true },
  );
  const forge = children.start(
    'forge',
    node,
    [
      programFile(ROOT, 'forge'),
      '--root',
      join(STATE, 'forge'),
      '--port',
      String(forgePort),
    ],
    {
      ...common,
      quiet: true,
      env: {
        ...common.env,
        PROMPTSIDE_FORGE_USERNAME: 'demo',
        PROMPTSIDE_FORGE_PASSWORD: secrets.forgePassword,
      },
    },
  );
  const environment = ({ url, caData, tokens }) => ({
    PROMPTSIDE_DATA_DIR: STATE,
    PROMPTSIDE_FORGE_PORT: String(forgePort),
    PROMPTSIDE_FORGE_USERNAME: 'demo',
    PROMPTSIDE_FORGE_PASSWORD: secrets.forgePassword,
    PROMPTSIDE_DEMO_POSTGRES_PORT: String(postgresPort),
    PROMPTSIDE_DEMO_CLUSTER_URL: url,
    PROMPTSIDE_DEMO_CLUSTER_CA: caData,
    PROMPTSIDE_DEMO_CLUSTER_TOKEN: tokens.portal,
  });
  const ready = Promise.all([
    cluster.waitForLine(/ready/i),
    forge.waitForLine(/ready/i),
  ]).then(() => environment(readClusterFile()));
  // Whoever needs it hears of a failure; until then it must not end the process.
  ready.catch(() => {});
  const expected =
    earlier && new URL(earlier.url).port === String(clusterPort)
      ? environment(earlier)
      : undefined;
  return { expected, ready };
}

function readClusterFile() {
  return JSON.parse(readFileSync(join(STATE, 'cluster.json'), 'utf8'));
}

/** What the cluster of an earlier start told; its certificates and tokens outlive it. */
function earlierCluster() {
  try {
    const file = readClusterFile();
    return file.url && file.caData && file.tokens?.portal ? file : undefined;
  } catch {
    return undefined;
  }
}

function readPorts() {
  try {
    return JSON.parse(readFileSync(join(STATE, 'ports.json'), 'utf8'));
  } catch {
    return {};
  }
}

/** Starts the backend, which serves the built front end too. */
export function startBackend(children, { node, env }, demoEnv, port, options) {
  return children.start(
    'portal',
    node,
    [
      ...ROOM,
      ...PRELOADED.flatMap(file => [
        '--require',
        join(ROOT, 'scripts', 'lib', file),
      ]),
      programFile(ROOT, 'portal'),
      '--config',
      '../../app-config.yaml',
    ],
    {
      cwd: join(ROOT, 'packages', 'backend'),
      env: {
        ...env,
        ...demoEnv,
        PORT: String(port),
        NODE_ENV: 'production',
        PROMPTSIDE_CONFIG_SCHEMA: join(TOOLCHAIN, 'config-schema.json'),
        PROMPTSIDE_CONFIG_SCHEMA_HASH: configSchemaHash(),
      },
      ...options,
    },
  );
}

/** Resolves when the portal answers that all its plugins are up. */
export async function waitUntilReady(port, backend, timeoutMs = 180_000) {
  const deadline = Date.now() + timeoutMs;
  let ended = false;
  backend.ended.then(() => {
    ended = true;
  });
  while (Date.now() < deadline) {
    if (ended) {
      throw new UserError(
        `The portal ended before it was ready:\n${backend.tail.join('\n')}`,
      );
    }
    const answer = await fetch(
      `http://127.0.0.1:${port}/.backstage/health/v1/readiness`,
      { signal: AbortSignal.timeout(2000) },
    ).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new UserError(
    `The portal was not ready after ${timeoutMs / 1000} s:\n${backend.tail.join('\n')}`,
  );
}
