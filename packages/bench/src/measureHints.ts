import { setTimeout as sleep } from 'node:timers/promises';
import { GENAI_SIGNAL_CHANNEL } from '@promptside/backstage-plugin-genai-common';
import { callCluster, Cluster } from './cluster';
import { Portal } from './portal';
import { timing, Timing } from './statistics';

const EVENTS = 20;
/** Longer than the window in which the portal joins hints, so that each event gets one of its own. */
const PAUSE_MS = 1500;
const OPEN_WITHIN_MS = 1000;
const HINT_WITHIN_MS = 10_000;

/** Opens the signals socket. The first request of a fresh server only makes it listen for upgrades and gets no answer. */
async function openSignals(portal: Portal): Promise<WebSocket> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const socket = new WebSocket(
      `${portal.url.replace('http', 'ws')}/api/signals`,
      [portal.token],
    );
    const open = await new Promise<boolean>(resolve => {
      socket.addEventListener('open', () => resolve(true));
      socket.addEventListener('error', () => resolve(false));
      setTimeout(() => resolve(false), OPEN_WITHIN_MS);
    });
    if (open) return socket;
    socket.close();
  }
  throw new Error('the signals socket does not open');
}

interface PodStatus {
  conditions?: { type: string; status: string }[];
  containerStatuses?: { ready: boolean }[];
}

/** Turns the readiness of a pod over, as a kubelet would report it. */
function turned(status: PodStatus): PodStatus {
  const ready = !status.containerStatuses?.every(one => one.ready);
  return {
    conditions: status.conditions?.map(condition =>
      ['Ready', 'ContainersReady'].includes(condition.type)
        ? { ...condition, status: ready ? 'True' : 'False' }
        : condition,
    ),
    containerStatuses: status.containerStatuses?.map(one => ({
      ...one,
      ready,
    })),
  };
}

/** Resolves at the next hint. */
function nextHint(waiting: { heard?: () => void }): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('no hint after an event')),
      HINT_WITHIN_MS,
    );
    waiting.heard = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

/** Time from the write of a pod's status at the API server to the hint in the browser's socket. */
export async function measureHints(
  portal: Portal,
  cluster: Cluster,
  pod: { namespace: string; name: string },
): Promise<Timing> {
  const socket = await openSignals(portal);
  /** Who waits for the next hint. */
  const waiting: { heard?: () => void } = {};
  socket.addEventListener('message', () => waiting.heard?.());
  socket.send(
    JSON.stringify({ action: 'subscribe', channel: GENAI_SIGNAL_CHANNEL }),
  );
  await sleep(PAUSE_MS);
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}`;
  const samples: number[] = [];
  for (let n = 0; n < EVENTS; n += 1) {
    const { body } = await callCluster(cluster, path);
    const status = turned(JSON.parse(body.toString('utf8')).status);
    const began = performance.now();
    const hint = nextHint(waiting);
    await callCluster(cluster, `${path}/status`, {
      method: 'PATCH',
      contentType: 'application/merge-patch+json',
      body: { status },
    });
    await hint;
    samples.push(performance.now() - began);
    waiting.heard = undefined;
    await sleep(PAUSE_MS);
  }
  socket.close();
  return timing(samples);
}
