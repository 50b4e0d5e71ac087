import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keepRunning } from './keepRunning';
import type { Ingested } from './playIngestion';
import type { StoreFolders } from './kubeletStats';
import { seedChroma } from './seedChroma';

/** The CloudNativePG cluster behind which PostgreSQL runs. */
const REAL_POSTGRES = 'model-platform/handbook-pg';

/** Real vector stores behind the pods of the demo. */
export interface RealStores {
  /** Loopback port of Chroma; it may be away. */
  chromaPort: number;
  /** Loopback port of PostgreSQL with pgvector. */
  postgresPort: number;
  /** Where their data are. */
  folders: StoreFolders;
  /** Writes what an ingestion would have written, where a real store plays the one that is named. */
  take(ingested: Ingested): void;
  /** Process ids, for whoever wants to see what happens when one ends. */
  pids(): { chroma?: number; postgres?: number };
  stop(): Promise<void>;
}

/**
 * Starts a Chroma (npm `chromadb`) and a PostgreSQL with pgvector (PGlite) as processes of their own, with their data in
 * `<stateDir>/stores`. One that cannot run is told once; its pod then refuses connections, as a real one would.
 */
export async function startStores(options: {
  stateDir?: string;
  /** 0 takes a free one. */
  postgresPort?: number;
  onFault(store: string, message: string): void;
}): Promise<RealStores> {
  const { stateDir, onFault } = options;
  const folder = stateDir
    ? join(stateDir, 'stores')
    : mkdtempSync(join(tmpdir(), 'promptside-stores-'));
  const folders: StoreFolders = {
    chroma: join(folder, 'chroma'),
    postgres: join(folder, 'postgres'),
  };
  mkdirSync(folders.chroma, { recursive: true });
  const chromaPort = await freePort();
  const postgresPort = options.postgresPort || (await freePort());
  const root = dirname(require.resolve('../../package.json'));
  const onEnd = (store: string) => (code: number | null, words: string) =>
    onFault(store, `ended with ${code ?? 'a signal'}. ${words}`);

  const chroma = keepRunning({
    args: [
      // beside the folder of its entry; its manifest is not exported
      join(dirname(require.resolve('chromadb')), '../cli.mjs'),
      'run',
      '--host',
      '127.0.0.1',
      '--port',
      String(chromaPort),
      '--path',
      folders.chroma,
    ],
    // On SIGTERM it stops answering and never ends.
    signal: 'SIGINT',
    onStart: () => {
      void seedChroma(`http://127.0.0.1:${chromaPort}`).catch(error =>
        onFault('chroma', `cannot be seeded: ${error}`),
      );
    },
    onEnd: onEnd('chroma'),
  });
  const postgres = keepRunning({
    args: [
      join(root, 'stores/pglite.mjs'),
      String(postgresPort),
      '--demo',
      '--data',
      folders.postgres,
    ],
    signal: 'SIGTERM',
    onStart: () => {},
    onEnd: onEnd('postgres'),
  });
  return {
    chromaPort,
    postgresPort,
    folders,
    take(ingested) {
      if (ingested.engine === 'pgvector' && ingested.store === REAL_POSTGRES) {
        postgres.send(ingested);
      }
    },
    pids: () => ({ chroma: chroma.pid(), postgres: postgres.pid() }),
    async stop() {
      await Promise.all([chroma.stop(), postgres.stop()]);
      if (!stateDir) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}
