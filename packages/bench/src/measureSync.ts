import { setTimeout as sleep } from 'node:timers/promises';
import type { ClustersResponse } from '@promptside/backstage-plugin-genai-common';
import { callCluster, Cluster, runKubectl } from './cluster';
import { Portal, PortalRequests } from './portal';
import { timed } from './statistics';

/** Reading everything for the first time, three ways. */
export interface SyncFigures {
  /** GET of all nodes and all pods, read to the end and not parsed. */
  rawMs: number;
  rawBytes: number;
  parseMs: number;
  /** `kubectl get nodes,pods -A -o json`; absent without kubectl. */
  kubectlMs?: number;
  /** From the portal's first request to the cluster until every resource is live. */
  syncMs: number;
  syncRequests: number;
  objects: number;
}

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

/** Waits until the portal's view of the cluster is live and says how long that took from its first request. */
export async function measureSync(portal: Portal) {
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
        syncMs: Math.max(...ends.filter(Number.isFinite)) - requests.firstAtMs,
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
