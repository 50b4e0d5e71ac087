import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../lib/paths.mjs';
import { freePort } from '../lib/ports.mjs';
import { CannotRunError } from './cache.mjs';
import { startProcess, waitFor } from './processes.mjs';
import { venvOfPackages } from './python.mjs';

export { startPostgres } from './postgres.mjs';

const MILVUS_LITE = ['milvus-lite==3.2.2', 'pymilvus==3.0.2'];

/** Whether something listens on the port of loopback. */
export const answers = port =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(socket.end() && true));
    socket.once('error', () => resolve(false));
  });

/** The Chroma server of the npm package that the demo uses. Its data stay in `folder`; after `stop` it can `start` again. */
export async function startChroma(folder, { node }) {
  const cli = join(ROOT, 'node_modules', 'chromadb', 'dist', 'cli.mjs');
  if (!existsSync(cli))
    throw new CannotRunError('the npm package chromadb is not installed');
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(folder, { recursive: true });
  let started;
  const start = async () => {
    started = startProcess(
      node,
      [
        ...[cli, 'run', '--host', '127.0.0.1'],
        ...['--port', String(port), '--path', folder],
      ],
      // After SIGTERM newer native parts stop answering and spin.
      { cwd: folder, endSignal: 'SIGINT' },
    );
    const alive = async () => (await fetch(`${url}/api/v2/heartbeat`)).ok;
    await waitFor('Chroma', started, alive).catch(error => {
      throw new CannotRunError(`Chroma does not start: ${error.message}`);
    });
  };
  await start();
  const version = await (await fetch(`${url}/api/v2/version`)).json();
  const stop = () => started.stop();
  return { label: `Chroma (API ${version})`, url, start, stop };
}

/** Milvus Lite: Milvus' Python package with its gRPC server. */
export async function startMilvus(folder, { python, log }) {
  const bin = await venvOfPackages(python, MILVUS_LITE, log);
  const port = await freePort(0);
  mkdirSync(folder, { recursive: true });
  const started = startProcess(bin, [
    ...['-m', 'milvus_lite', 'server', '--data-dir', folder],
    ...['--host', '127.0.0.1', '--port', String(port)],
  ]);
  await waitFor('Milvus Lite', started, () => answers(port)).catch(error => {
    throw new CannotRunError(`Milvus Lite does not start: ${error.message}`);
  });
  return {
    label: 'Milvus Lite 3.2.2',
    url: `http://127.0.0.1:${port}`,
    stop: () => started.stop(),
  };
}
