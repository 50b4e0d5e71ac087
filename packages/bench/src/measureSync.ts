import { setTimeout as sleep } from 'node:timers/promises';
import type { ClustersResponse } from '@promptside/backstage-plugin-genai-common';
import { callCluster, Cluster, runKubectl } from './cluster';
import { CLUSTER_NAME, Portal, PortalRequests } from './portal';
import { percentile, timed } from './statistics';

/** Reading everything for the first time, four ways. Times are medians of the rounds. */
export interface SyncFigures {
  rounds: number;
  /** GET of all nodes and all pods, read to the end and not parsed. */
  rawMs: number;
  rawBytes: number;
  parseMs: number;
  /** The same two lists through the proxy of the stock Kubernetes plugin, not parsed. */
  rawProxyMs: number;
  /** `kubectl get nodes,pods -A -o json`; absent without kubectl. */
  kubectlMs?: number;
  /** From the portal's first request for the cluster until every resource is live. */
  syncMs: number;
  syncRequests: number;
  objects: number;
}

/** One round: what is compared is measured shortly after each other. */
export type SyncRound = Omit<SyncFigures, 'rounds' | 'kubectlMs'>;

interface MemoryUsage {
  rss: number;
  heapUsed: number;
  external: number;
}

/** Memory of the portal with the live state less the memory of the same portal without it, after garbage collection. */
export interface MemoryFigures {
  stateBytes: number;
  portalResidentBytes: number;
}

const LISTS = ['/api/v1/nodes', '/api/v1/pods'];
const OF_CLUSTER = {
  'Backstage-Kubernetes-Cluster': CLUSTER_NAME,
  'Accept-Encoding': 'identity',
};
const SYNC_WITHIN_MS = 300_000;

/** Downloads nodes and pods as one would who only wants the bytes. */
export async function measureRaw(cluster: Cluster) {
  const { result, ms } = await timed(async () => {
    const bodies: Buffer[] = [];
    for (const path of LISTS)
      bodies.push((await callCluster(cluster, path)).body);
    return bodies;
  });
  const parsed = await timed(async () =>
    result.map(body => JSON.parse(body.toString('utf8'))),
  );
  return {
    rawMs: ms,
    rawBytes: result.reduce((sum, body) => sum + body.length, 0),
    parseMs: parsed.ms,
  };
}

/** Lets kubectl read the same lists. */
export async function measureKubectl(kubectl: string, cluster: Cluster) {
  const { ms } = await timed(() =>
    runKubectl(kubectl, cluster, ['get', 'nodes,pods', '-A', '-o', 'json']),
  );
  return ms;
}

/** Downloads the same lists through the stock proxy. */
export async function measureRawProxy(portal: Portal): Promise<number> {
  const { ms } = await timed(async () => {
    for (const path of LISTS)
      await portal.call(`/api/kubernetes/proxy${path}`, {
        headers: OF_CLUSTER,
      });
  });
  return ms;
}

/** Lets the portal begin, waits until its view of the cluster is live and says how long that took. */
export async function measureSync(portal: Portal) {
  // The first request makes the stock plugin load its Kubernetes client, which is no part of any list.
  await portal.call('/api/kubernetes/proxy/version', { headers: OF_CLUSTER });
  const beganAt = await portal.child.ask<number>('sync');
  const deadline = Date.now() + SYNC_WITHIN_MS;
  for (;;) {
    const { text } = await portal.call('/api/genai/v1/clusters');
    const [status] = (JSON.parse(text) as ClustersResponse).items;
    const resources = status?.resources ?? [];
    const settled = resources.every(one => one.state !== 'Syncing');
    if (
      status &&
      resources.length > 0 &&
      settled &&
      status.state !== 'Syncing'
    ) {
      if (status.state !== 'Live') {
        throw new Error(
          `the portal does not get live: ${JSON.stringify(status)}`,
        );
      }
      const requests = await portal.child.ask<PortalRequests>('requests');
      const ends = resources.map(one => Date.parse(one.syncedAt ?? ''));
      return {
        syncMs: Math.max(...ends.filter(Number.isFinite)) - beganAt,
        syncRequests: requests.count,
        objects: resources.reduce(
          (sum, one) => sum + (one.objectCount ?? 0),
          0,
        ),
      };
    }
    if (Date.now() > deadline) {
      throw new Error(`no sync in ${SYNC_WITHIN_MS / 1000} s: ${text}`);
    }
    await sleep(100);
  }
}

/** The median of each figure. */
export function sumUp(rounds: readonly SyncRound[]): SyncFigures {
  const middle = (figure: keyof SyncRound) =>
    percentile(
      rounds.map(round => round[figure]),
      0.5,
    );
  return {
    rounds: rounds.length,
    rawMs: middle('rawMs'),
    rawBytes: middle('rawBytes'),
    parseMs: middle('parseMs'),
    rawProxyMs: middle('rawProxyMs'),
    syncMs: middle('syncMs'),
    syncRequests: middle('syncRequests'),
    objects: middle('objects'),
  };
}

/** What the portal holds, after garbage collection. */
export function memoryOf(portal: Portal): Promise<MemoryUsage> {
  return portal.child.ask<MemoryUsage>('memory');
}

/** Compares a portal that watches with one that does not. */
export function memoryFigures(
  without: MemoryUsage,
  withState: MemoryUsage,
): MemoryFigures {
  const held = ({ heapUsed, external }: MemoryUsage) => heapUsed + external;
  return {
    stateBytes: held(withState) - held(without),
    portalResidentBytes: withState.rss,
  };
}
