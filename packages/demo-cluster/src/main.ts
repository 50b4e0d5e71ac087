import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startDemoCluster } from './startDemoCluster';

const USAGE = `Usage: demo-cluster [options]
  --port N          port on 127.0.0.1, 0 for a free one (default 0)
  --state-dir DIR   objects, certificates, tokens, kubeconfig and cluster.json (default .portal)
  --seed N          seed of nodes, teams and load (default 1)
  --nodes N         a large cluster of N nodes with eight GPUs each
  --pods N          pods of the large cluster
  --time-scale N    10 makes what takes ten seconds take one (default 1)
  --no-persist      keep objects in memory only
  --stores          run a real Chroma and a real PostgreSQL with pgvector behind the demo's stores
  --postgres-port N port of that PostgreSQL on 127.0.0.1, 0 for a free one (default 0)
  --no-seed         start without nodes, teams and workloads`;

/** A wrong argument; the message names it. */
class UsageError extends Error {}

function numberOf(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value < least || text.trim() === '') {
    throw new UsageError(
      `--${name} needs a number of at least ${least}, got ${JSON.stringify(text)}`,
    );
  }
  return value;
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        'state-dir': { type: 'string', default: '.portal' },
        seed: { type: 'string', default: '1' },
        nodes: { type: 'string', default: '0' },
        pods: { type: 'string', default: '0' },
        'time-scale': { type: 'string', default: '1' },
        stores: { type: 'boolean', default: false },
        'postgres-port': { type: 'string', default: '0' },
        'no-persist': { type: 'boolean', default: false },
        'no-seed': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return {
    help: values.help,
    port: numberOf('port', values.port, 0),
    stateDir: resolve(values['state-dir']),
    seed: values['no-seed']
      ? (false as const)
      : numberOf('seed', values.seed, 0),
    nodes: numberOf('nodes', values.nodes, 0),
    pods: numberOf('pods', values.pods, 0),
    timeScale: numberOf('time-scale', values['time-scale'], 0.001),
    persist: !values['no-persist'],
    stores: values.stores
      ? {
          postgresPort: numberOf('postgres-port', values['postgres-port'], 0),
        }
      : undefined,
  };
}

async function main() {
  const { help, ...options } = readArguments();
  if (help) {
    console.log(USAGE);
    return;
  }
  const cluster = await startDemoCluster({
    ...options,
    onFault: (controller, key, error) =>
      console.error(`${controller} failed on ${key}:`, error),
  });
  let stopping = false;
  const stop = () => {
    if (!stopping) {
      stopping = true;
      cluster.stop().then(
        () => process.exit(0),
        error => {
          console.error(error);
          process.exit(1);
        },
      );
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.log(
    `Kubernetes API ready at ${cluster.url}, kubeconfig ${join(options.stateDir, 'kubeconfig')}`,
  );
}

main().catch((error: NodeJS.ErrnoException) => {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n${USAGE}`);
  } else if (error.code === 'EADDRINUSE') {
    console.error(`${error.message}: choose another --port.`);
  } else if (error.name === 'BrokenStateError') {
    console.error(error.message);
  } else {
    console.error(error);
  }
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
