import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { admitPod } from './api/admission/admitPod';
import { completeFor } from './api/write/complete';
import { countQuotas } from './api/admission/quota';
import { serveDefinitions } from './api/crd/controller';
import { createApi } from './api/server';
import { serveVirtualResources } from './api/virtualResources';
import { createAuthenticator } from './auth/authenticator';
import { createAuthorizer } from './auth/Authorizer';
import { bootstrap } from './auth/bootstrap';
import { Tokens } from './auth/users';
import { createPodServers } from './proxy/PodServers';
import { seedCluster } from './seed/seedCluster';
import { createKubeletStats } from './stores/kubeletStats';
import { playIngestion } from './stores/playIngestion';
import { registerStores } from './stores/registerStores';
import { registerSimulatedStores } from './stores/simulatedStores';
import { RealStores, startStores } from './stores/startStores';
import { AdmitPod } from './sim/PodControl';
import { startSimulation } from './sim/startSimulation';
import { loadIdentity, writeAccess } from './stateDir';
import { createObjectStore, MemoryStore } from './store/MemoryStore';
import { KubeObject, ObjectStore } from './store/ObjectStore';
import { persist, readState } from './store/persistence';
import { createResourceMetrics } from './workloads/resourceMetrics';

/** How a demo cluster is started. */
export interface DemoClusterOptions {
  /**
   * Seed of the demo's nodes, teams and workloads, and of all that is random later; the default is 1. `false` gives a
   * cluster without them, in which the controllers run all the same.
   */
  seed?: number | false;
  /** Whether objects survive a restart; the default is `true` where there is a `stateDir`. */
  persist?: boolean;
  /** Folder for objects, certificates, tokens, `kubeconfig` and `cluster.json`. */
  stateDir?: string;
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number;
  /** 10 makes what takes ten seconds take one; the default is 1. */
  timeScale?: number;
  /** Makes a large cluster instead of the demo's, with this many nodes of eight GPUs. */
  nodes?: number;
  /** Pods of the large cluster. */
  pods?: number;
  /**
   * Runs a real Chroma and a real PostgreSQL with pgvector behind the demo's stores, PostgreSQL on that port (0: a free one); without
   * it their pods refuse connections.
   */
  stores?: { postgresPort?: number };
  /** Hears of faults inside the simulation. */
  onFault?: (controller: string, key: string, error: unknown) => void;
}

/** A running demo cluster. */
export interface DemoCluster {
  /** `https://127.0.0.1:<port>`. */
  url: string;
  /** The authority to trust, PEM in base64 as a kubeconfig has it. */
  caData: string;
  tokens: Tokens;
  store: ObjectStore;
  /** The real vector stores, where they were asked for. */
  stores?: RealStores;
  /** Ends everything, open watches too, and writes what is not yet saved. */
  stop(): Promise<void>;
}

/** Puts back what an earlier run has saved; tells whether there was anything. */
function restore(store: MemoryStore, file: string): boolean {
  const { version, objects } = readState(file);
  for (const { resource, object } of objects) {
    if (store.registry.find(resource)) {
      store.load(resource, object);
    }
    if (resource.plural === 'customresourcedefinitions') {
      // What it defines is loaded next.
      serveDefinitions(store)();
    }
  }
  store.startAt(version);
  return objects.length > 0;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * Starts a Kubernetes API on loopback with simulated nodes.
 * @throws BrokenStateError when the state folder cannot be read; an error with code `EADDRINUSE` when the port is taken
 */
export async function startDemoCluster(
  options: DemoClusterOptions = {},
): Promise<DemoCluster> {
  const { stateDir, seed = 1, timeScale = 1 } = options;
  const stateFile =
    stateDir && options.persist !== false
      ? join(stateDir, 'objects.ndjson')
      : undefined;
  const { certificates, tokens } = loadIdentity(stateDir);
  const store = createObjectStore();
  const restored = stateFile ? restore(store, stateFile) : false;
  const stops = [serveDefinitions(store), countQuotas(store)];
  const metrics = createResourceMetrics(store, store.now);
  serveVirtualResources(store, {
    podMetrics: () => metrics.podMetrics(),
    nodeMetrics: () => metrics.nodeMetrics(),
  });
  bootstrap(store);

  const admit: AdmitPod = pod =>
    admitPod(store, pod as unknown as KubeObject) as unknown as typeof pod;
  const podServers = createPodServers();
  const stores =
    options.stores &&
    (await startStores({
      stateDir,
      ...options.stores,
      onFault: (name, message) => options.onFault?.('stores', name, message),
    }));
  registerSimulatedStores(podServers);
  registerStores(
    podServers,
    () => stores && `http://127.0.0.1:${stores.chromaPort}`,
  );
  if (seed !== false && !restored) {
    seedCluster({
      store,
      seed,
      now: store.now(),
      nodes: options.nodes,
      pods: options.pods,
      admitPod: admit,
    });
  }
  const simulation = startSimulation({
    store,
    podServers,
    seed: seed === false ? 1 : seed,
    timeScale,
    admitPod: admit,
    completeObject: completeFor(store),
    onFault: options.onFault,
  });
  stops.push(() => simulation.stop());
  if (stores) stops.push(playIngestion(store, stores.take));
  if (stateFile) {
    const saved = persist(store, stateFile);
    stops.push(() => saved.stop());
  }

  const handle = createApi({
    store,
    authenticator: createAuthenticator(tokens, store.now),
    authorizer: createAuthorizer(store),
    podServers,
    podLogs: simulation.podLogs,
    nodeStats: createKubeletStats(store, () => stores?.folders, store.now),
  });
  const server = createServer(
    { key: certificates.key, cert: certificates.certificate },
    (request, response) => {
      void handle(request, response);
    },
  );
  // A client that keeps its connection must not meet a close just when it sends the next request.
  server.keepAliveTimeout = 120_000;
  const stopAll = () => stops.splice(0).forEach(stop => stop());
  let port: number;
  try {
    port = await listen(server, options.port ?? 0);
  } catch (error) {
    stopAll();
    await stores?.stop();
    throw error;
  }
  const access = {
    url: `https://127.0.0.1:${port}`,
    caData: Buffer.from(certificates.ca).toString('base64'),
    tokens,
  };
  if (stateDir) {
    writeAccess(stateDir, access);
  }
  return {
    ...access,
    store,
    ...(stores ? { stores } : {}),
    async stop() {
      stopAll();
      const closed = new Promise<void>(resolve => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await Promise.all([closed, stores?.stop()]);
    },
  };
}
