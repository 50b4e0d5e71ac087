import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { callCluster, Cluster, startCluster } from './cluster';
import { measureHints } from './measureHints';
import {
  measureKubectl,
  measureRaw,
  measureRawProxy,
  measureSync,
  memoryFigures,
  memoryOf,
  sumUp,
  SyncRound,
} from './measureSync';
import { measureViews } from './measureViews';
import { Portal, startPortal } from './portal';
import { startRealCluster } from './realCluster';
import { Figures, goals, reportText } from './report';

const KUBERNETES_ID = 'backstage.io/kubernetes-id';
/** The reference of the stock view is an entity of 50 pods. */
const PODS_OF_ENTITY = 50;

interface Listed {
  metadata: {
    name: string;
    namespace: string;
    labels?: Record<string, string>;
  };
  spec: {
    nodeName?: string;
    containers: { resources?: { limits?: Record<string, string> } }[];
  };
  status: { phase?: string; allocatable?: Record<string, string> };
}

const isGpu = (resource: string) =>
  /^(nvidia\.com\/(gpu|mig-.*)|amd\.com\/gpu|gpu\.intel\.com\/(i915|xe))$/.test(
    resource,
  );

const gpusOf = (pod: Listed) =>
  pod.spec.containers.some(container =>
    Object.keys(container.resources?.limits ?? {}).some(isGpu),
  );

/** Looks at the cluster: its size, and an entity of about 50 pods with GPUs to ask for. */
async function survey(cluster: Cluster) {
  const list = async (path: string) => {
    const { body } = await callCluster(cluster, path);
    return {
      items: JSON.parse(body.toString('utf8')).items as Listed[],
      bytes: body.length,
    };
  };
  const nodes = await list('/api/v1/nodes');
  const pods = await list('/api/v1/pods');
  const counts = new Map<string, number>();
  for (const pod of pods.items) {
    const id = pod.metadata.labels?.[KUBERNETES_ID];
    if (id && gpusOf(pod)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const [nearest] = [...counts].sort(
    ([, a], [, b]) =>
      Math.abs(a - PODS_OF_ENTITY) - Math.abs(b - PODS_OF_ENTITY),
  );
  if (!nearest)
    throw new Error(`no pod with GPUs has the label ${KUBERNETES_ID}`);
  const [component, podCount] = nearest;
  const running = pods.items.find(
    pod =>
      pod.metadata.labels?.[KUBERNETES_ID] === component &&
      gpusOf(pod) &&
      pod.status.phase === 'Running',
  );
  if (!running) throw new Error(`${component} has no running pod`);
  const gpus = nodes.items
    .flatMap(node => Object.entries(node.status.allocatable ?? {}))
    .filter(([resource]) => isGpu(resource))
    .reduce((sum, [, count]) => sum + Number(count), 0);
  return {
    size: {
      nodes: nodes.items.length,
      pods: pods.items.length,
      gpus,
      podBytes: Math.round(pods.bytes / pods.items.length),
    },
    component,
    podCount,
    pod: running.metadata,
  };
}

/** A raw download, a cold sync and the same lists through the proxy, one after the other; the portal goes on. */
async function syncRound(cluster: Cluster, portal: Portal): Promise<SyncRound> {
  const raw = await measureRaw(cluster);
  const synced = await measureSync(portal);
  return { ...raw, ...synced, rawProxyMs: await measureRawProxy(portal) };
}

async function bench(
  folder: string,
  size: { nodes: number; pods: number; rounds: number; real: boolean },
  say: (line: string) => void,
): Promise<Figures> {
  const server = size.real ? 'kube-apiserver' : 'demo cluster';
  say(`starting a ${server} of ${size.nodes} nodes and ${size.pods} pods`);
  const cluster = size.real
    ? await startRealCluster(folder, size, say)
    : await startCluster(folder, size);
  const portals: Portal[] = [];
  try {
    const found = await survey(cluster);
    say(`asking for ${found.component}, which has ${found.podCount} pods`);
    const kubectl = process.env.PROMPTSIDE_KUBECTL;
    if (kubectl) say('kubectl');
    const kubectlMs = kubectl && (await measureKubectl(kubectl, cluster));
    const start = async (watched: boolean) => {
      const options = {
        folder,
        cluster,
        components: [found.component],
        watched,
      };
      const portal = await startPortal(options);
      portals.push(portal);
      return portal;
    };

    say('portal without live state');
    const idle = await start(false);
    // The same warm-up on both sides, so that the difference is the state and not compiled code.
    await idle.child.ask('sync');
    await idle.call('/api/genai/v1/clusters');
    await measureRawProxy(idle);
    const without = await memoryOf(idle);
    await idle.stop();

    const rounds: SyncRound[] = [];
    let portal = await start(true);
    for (;;) {
      say(`cold sync ${rounds.length + 1} of ${size.rounds}`);
      rounds.push(await syncRound(cluster, portal));
      if (rounds.length === size.rounds) break;
      await portal.stop();
      portal = await start(true);
    }
    const withState = await memoryOf(portal);
    say('views');
    const views = await measureViews(portal, found.component);
    say('hints');
    const hints = await measureHints(portal, cluster, found.pod);
    return {
      server,
      size: found.size,
      entityPods: found.podCount,
      machine: {
        cpus: cpus().length,
        memoryBytes: totalmem(),
        node: process.versions.node,
      },
      sync: { ...sumUp(rounds), ...(kubectlMs && { kubectlMs }) },
      memory: memoryFigures(without, withState),
      views,
      hints,
    };
  } finally {
    await Promise.all(portals.map(portal => portal.stop()));
    await cluster.child.stop();
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      nodes: { type: 'string', default: '1000' },
      pods: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'string' },
      real: { type: 'boolean', default: false },
    },
  });
  const counts = {
    nodes: Number(values.nodes),
    pods: Number(values.pods),
    rounds: Number(values.rounds),
  };
  for (const [name, count] of Object.entries(counts)) {
    if (!Number.isInteger(count) || count < 1) {
      throw new Error(`--${name} must be a whole number of at least 1`);
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'promptside-bench-'));
  const began = Date.now();
  const say = (line: string) =>
    process.stderr.write(
      `${((Date.now() - began) / 1000).toFixed(1)} s  ${line}\n`,
    );
  try {
    const figures = await bench(folder, { ...counts, real: values.real }, say);
    process.stdout.write(`${reportText(figures)}\n`);
    if (values.json) {
      writeFileSync(
        values.json,
        `${JSON.stringify({ ...figures, goals: goals(figures) }, undefined, 2)}\n`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Children end with this process, see child.ts.
  process.on(signal, () => process.exit(130));
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
