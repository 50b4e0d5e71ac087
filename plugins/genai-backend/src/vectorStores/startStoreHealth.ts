import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { GenaiSignal } from '@promptside/backstage-plugin-genai-common';
import type {
  KubeTransport,
  StoreKnowledge,
} from '@promptside/backstage-plugin-genai-node';
import { systemClock } from '../connections/Clock';
import type { LiveState, LiveView } from '../live/LiveState';
import { createSignalPublisher } from '../signals/createSignalPublisher';
import { createStoreHistory, type StoreHistory } from './createStoreHistory';
import { createStoreProber } from './createStoreProber';
import { createVolumeStats } from './createVolumeStats';
import type { VectorStoresConfig } from './vectorStoresConfig';

/** Changes of a moment go out together. */
const SIGNAL_WINDOW_MS = 1_000;

/** What is known of vector stores beside the Kubernetes API. */
export interface StoreHealthSource {
  knowledge(): StoreKnowledge;
  readonly history: StoreHistory;
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

  const view = (): LiveView => {
    try {
      return live.view();
    } catch {
      // as long as the list of clusters was never read
      return { states: [], clusters: [] };
    }
  };
  const states = () => view().states;
  const publisher = createSignalPublisher({
    // pages that do not hear it poll
    publish: hint => publish(hint).catch(() => {}),
    windowMs: SIGNAL_WINDOW_MS,
    clock,
    signal,
  });
  const onChange = (cluster: string) => {
    const state = states().find(({ name }) => name === cluster);
    const version = state?.version ?? 0;
    publisher.changed({ cluster, version, topics: ['vector-stores'] });
  };
  const prober = createStoreProber({
    transport,
    states,
    config,
    clock,
    random: Math.random,
    signal,
    onChange,
  });
  const told = new Set<string>();
  const stats = createVolumeStats({
    transport,
    states,
    intervalMs: volumeStats.intervalMs,
    clock,
    signal,
    onChange,
    onFault: (cluster, message) => {
      // once for each cluster: the answer is the same every minute
      if (told.has(cluster)) return;
      told.add(cluster);
      logger.warn(
        `The fill of volumes on cluster "${cluster}" is not known (genai.vectorStores.volumeStats): ${message}`,
      );
    },
  });
  const knowledge = (): StoreKnowledge => ({
    now: clock.now(),
    thresholds,
    ...(probes.enabled ? { findProbe: prober.find } : {}),
    ...(volumeStats.enabled ? { findFill: stats.find } : {}),
  });
  const history = createStoreHistory({
    view,
    knowledge,
    intervalMs: probes.intervalMs,
    clock,
    signal,
  });
  lifecycle.addStartupHook(() => {
    void history.run();
    if (probes.enabled) void prober.run();
    if (volumeStats.enabled) void stats.run();
  });
  lifecycle.addShutdownHook(() => stopped.abort());

  return {
    get revision() {
      return prober.revision + stats.revision;
    },
    knowledge,
    history,
  };
}
