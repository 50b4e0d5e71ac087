import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { GenaiSignal } from '@promptside/backstage-plugin-genai-common';
import type {
  ClusterState,
  KubeTransport,
  StoreKnowledge,
} from '@promptside/backstage-plugin-genai-node';
import { systemClock } from '../connections/Clock';
import type { LiveState } from '../live/LiveState';
import { createSignalPublisher } from '../signals/createSignalPublisher';
import { createStoreProber } from './createStoreProber';
import { createVolumeStats } from './createVolumeStats';
import type { VectorStoresConfig } from './vectorStoresConfig';

/** Changes of a moment go out together. */
const SIGNAL_WINDOW_MS = 1_000;

/** What is known of vector stores beside the Kubernetes API. */
export interface StoreHealthSource {
  knowledge(): StoreKnowledge;
  /** Grows with every answer. */
  readonly revision: number;
}

/** Probes vector stores while the backend runs. */
export function startStoreHealth(options: {
  config: VectorStoresConfig;
  transport: KubeTransport;
  live: LiveState;
  logger: LoggerService;
  lifecycle: LifecycleService;
  publish(signal: GenaiSignal): Promise<void>;
}): StoreHealthSource {
  const { config, transport, live, logger, lifecycle, publish } = options;
  const { probes, volumeStats, thresholds } = config;
  const stopped = new AbortController();
  const { signal } = stopped;
  const clock = systemClock;

  const states = (): readonly ClusterState[] => {
    try {
      return live.view().states;
    } catch {
      // as long as the list of clusters was never read
      return [];
    }
  };
  const publisher = createSignalPublisher({
    // pages that do not hear it poll
    publish: hint => publish(hint).catch(() => {}),
    windowMs: SIGNAL_WINDOW_MS,
    clock,
    signal,
  });
  const prober = createStoreProber({
    transport,
    states,
    config,
    clock,
    random: Math.random,
    signal,
    onChange: cluster => {
      const state = states().find(({ name }) => name === cluster);
      const version = state?.version ?? 0;
      publisher.changed({ cluster, version, topics: ['vector-stores'] });
    },
  });
  const told = new Set<string>();
  const stats = createVolumeStats({
    transport,
    states,
    intervalMs: volumeStats.intervalMs,
    clock,
    signal,
    onFault: (cluster, message) => {
      // once for each cluster: the answer is the same every minute
      if (told.has(cluster)) return;
      told.add(cluster);
      logger.warn(
        `The fill of volumes on cluster "${cluster}" is not known (genai.vectorStores.volumeStats): ${message}`,
      );
    },
  });
  lifecycle.addStartupHook(() => {
    if (probes.enabled) void prober.run();
    if (volumeStats.enabled) void stats.run();
  });
  lifecycle.addShutdownHook(() => stopped.abort());

  return {
    get revision() {
      return prober.revision;
    },
    knowledge: () => ({
      now: clock.now(),
      thresholds,
      ...(probes.enabled ? { findProbe: prober.find } : {}),
      ...(volumeStats.enabled ? { findFill: stats.find } : {}),
    }),
  };
}
