import type {
  ClusterState,
  KubeTransport,
  VolumeFill,
} from '@promptside/backstage-plugin-genai-node';
import type { Clock } from '../connections/Clock';
import { requestText } from '../connections/requestText';
import { limitConcurrency } from '../connections/limitConcurrency';
import { daysToFull, type FillSample } from './daysToFull';

/** A node with 200 pods answers some 500 KB. */
const MAX_BYTES = 16 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const MAX_REQUESTS = 4;
/** One sample in ten minutes for a day and a half. */
const SAMPLE_MS = 600_000;
const MAX_SAMPLES = 216;

/** Fill of volumes, as the kubelets of their nodes measure it. */
export interface VolumeStats {
  find(
    cluster: string,
    namespace: string,
    claim: string,
  ): VolumeFill | undefined;
  /** Grows with every answer of a kubelet. */
  readonly revision: number;
  /** Runs until the signal of the options aborts. */
  run(): Promise<void>;
}

interface Known {
  usedBytes: number;
  capacityBytes: number;
  /** Milliseconds since the epoch. */
  at: number;
  samples: FillSample[];
}

/**
 * Asks the kubelets of those nodes on which pods of vector stores run, through the API server (`nodes/proxy`). Where that right is
 * missing, nothing is known. A value that was not renewed for three rounds is forgotten.
 */
export function createVolumeStats(options: {
  transport: KubeTransport;
  states(): readonly ClusterState[];
  intervalMs: number;
  clock: Clock;
  signal: AbortSignal;
  /** A volume has another whole percentage in use. */
  onChange(cluster: string): void;
  onFault(cluster: string, message: string): void;
}): VolumeStats {
  const { states, intervalMs, clock, signal } = options;
  const known = new Map<string, Known>();
  let revision = 0;

  const readNode = async (cluster: string, node: string): Promise<void> => {
    const outcome = await requestText({
      ...options,
      cluster,
      path: `/api/v1/nodes/${node}/proxy/stats/summary`,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    if (!outcome.ok) {
      const { reason, message } = outcome.fault;
      options.onFault(cluster, `${node}: ${reason}: ${message}`);
      return;
    }
    const at = clock.now();
    revision += 1;
    let changed = false;
    for (const volume of readSummary(outcome.text)) {
      const key = `${cluster}/${volume.namespace}/${volume.claim}`;
      const before = known.get(key);
      const samples = before?.samples ?? [];
      changed ||= percentOf(before) !== percentOf(volume);
      const last = samples.at(-1);
      if (!last || at - last.at >= SAMPLE_MS) {
        samples.push({ at, usedBytes: volume.usedBytes });
        if (samples.length > MAX_SAMPLES) samples.shift();
      }
      const { usedBytes, capacityBytes } = volume;
      known.set(key, { usedBytes, capacityBytes, at, samples });
    }
    if (changed) options.onChange(cluster);
  };

  const readAll = async (): Promise<void> => {
    await Promise.all(
      states().map(async state => {
        const limit = limitConcurrency(MAX_REQUESTS);
        const nodes = new Set<string>();
        for (const pod of state.pods()) {
          if (pod.stores && pod.node) nodes.add(pod.node);
        }
        await Promise.all(
          [...nodes].map(node => limit(() => readNode(state.name, node))),
        );
      }),
    );
    for (const [key, { at }] of known) {
      if (clock.now() - at > 3 * intervalMs + TIMEOUT_MS) known.delete(key);
    }
  };

  return {
    find(cluster, namespace, claim) {
      const found = known.get(`${cluster}/${namespace}/${claim}`);
      if (!found) return undefined;
      const { usedBytes, capacityBytes, samples, at } = found;
      const days = daysToFull(samples, { usedBytes, capacityBytes });
      return {
        usedBytes,
        capacityBytes,
        measuredAt: new Date(at).toISOString(),
        ...(days === undefined ? {} : { daysToFull: days }),
      };
    },
    get revision() {
      return revision;
    },
    async run() {
      while (!signal.aborted) {
        await readAll();
        await clock.sleep(intervalMs, signal);
      }
    },
  };
}

/** Rounded down, as pages show it. */
function percentOf(
  volume: { usedBytes: number; capacityBytes: number } | undefined,
): number | undefined {
  return volume && volume.capacityBytes > 0
    ? Math.floor((100 * volume.usedBytes) / volume.capacityBytes)
    : undefined;
}

interface Summary {
  pods?: {
    podRef?: { namespace?: string };
    volume?: {
      usedBytes?: number;
      capacityBytes?: number;
      pvcRef?: { name?: string; namespace?: string };
    }[];
  }[];
}

function readSummary(text: string): {
  namespace: string;
  claim: string;
  usedBytes: number;
  capacityBytes: number;
}[] {
  let summary: Summary;
  try {
    summary = JSON.parse(text) as Summary;
  } catch {
    return [];
  }
  return (summary?.pods ?? []).flatMap(({ podRef, volume = [] }) =>
    volume.flatMap(({ pvcRef, usedBytes, capacityBytes }) => {
      const namespace = pvcRef?.namespace ?? podRef?.namespace;
      return pvcRef?.name &&
        namespace &&
        usedBytes !== undefined &&
        capacityBytes !== undefined
        ? [{ namespace, claim: pvcRef.name, usedBytes, capacityBytes }]
        : [];
    }),
  );
}
