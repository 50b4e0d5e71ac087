import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { GenaiSignal } from '@promptside/backstage-plugin-genai-common';
import {
  watchedResources,
  type AddedKnowledge,
  type KubeTransport,
} from '@promptside/backstage-plugin-genai-node';
import type { GenaiConfig } from '../config';
import { isoNow, systemClock } from '../connections/Clock';
import { createClusterConnections } from '../connections/ClusterConnections';
import { createSignalPublisher } from '../signals/createSignalPublisher';
import { createLiveState, type LiveState } from './LiveState';

/** Time in which further changes of a cluster wait to be sent together: far below what a person notices. */
const SIGNAL_WINDOW_MS = 150;

/** Delays between tries that fail, and the longest one where the answer was a refusal that only a person can change. */
const BACKOFF = {
  minBackoffMs: 1_000,
  maxBackoffMs: 30_000,
  maxRefusedBackoffMs: 60_000,
};

/** Connects the clusters when the backend starts and ends every request when it stops. */
export function startLiveState(options: {
  config: GenaiConfig;
  transport: KubeTransport;
  /** What adopters know beyond genai-node. */
  added?: AddedKnowledge;
  logger: LoggerService;
  lifecycle: LifecycleService;
  publish(signal: GenaiSignal): Promise<void>;
}): LiveState {
  const { config, transport, added, logger, lifecycle, publish } = options;
  const stopped = new AbortController();
  let publishFailed = false;

  const publisher = createSignalPublisher({
    publish: async signal => {
      try {
        await publish(signal);
        publishFailed = false;
      } catch (error) {
        // pages fall back to polling, so this is worth one line and not one for every change
        if (!publishFailed) logger.warn(`Cannot publish signals: ${error}`);
        publishFailed = true;
      }
    },
    windowMs: SIGNAL_WINDOW_MS,
    clock: systemClock,
    signal: stopped.signal,
  });
  const connections = createClusterConnections({
    transport,
    resources: watchedResources(added),
    settings: { ...config.watch, ...BACKOFF },
    selection: config.clusters,
    clock: systemClock,
    random: Math.random,
    logger,
    onChange: publisher.changed,
  });

  lifecycle.addStartupHook(() => connections.start());
  lifecycle.addShutdownHook(async () => {
    stopped.abort();
    await connections.stop();
  });
  return createLiveState(connections, isoNow(systemClock));
}
