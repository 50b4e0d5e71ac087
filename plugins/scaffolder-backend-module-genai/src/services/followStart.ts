import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';
import type {
  GenaiApi,
  ModelServerState,
  RagLineage,
  StartupStage,
} from '@promptside/backstage-plugin-genai-common';

/** What can be followed. */
export type FollowKind = 'ModelServer' | 'RagService';

type Ref = { cluster: string; namespace: string; name: string };

/** One look at something that starts. */
interface Sight {
  state: ModelServerState;
  stage?: StartupStage;
  reason?: string;
  message?: string;
  replicas: { desired: number; ready: number };
  /** Where it is reached. */
  url?: string;
}

interface Followed {
  stages: Record<StartupStage, string>;
  look(genai: GenaiApi, ref: Ref, options: { token: string }): Promise<Sight>;
}

const STAGES: Record<StartupStage, string> = {
  Accepted: 'Accepted by the cluster, waiting for a node',
  Scheduled: 'Scheduled onto a node',
  PullingImage: 'Pulling the image',
  DownloadingWeights: 'Downloading the weights',
  LoadingModel: 'Loading the model',
  Serving: 'Serving',
};

const FOLLOWED: Record<FollowKind, Followed> = {
  ModelServer: {
    stages: STAGES,
    async look(genai, ref, options) {
      const { item } = await genai.getModelServer(ref, options);
      const { state, stage, reason, message, replicas, endpoint } = item;
      return { state, stage, reason, message, replicas, url: endpoint?.url };
    },
  },
  RagService: {
    stages: { ...STAGES, LoadingModel: 'Running, not ready to answer' },
    async look(genai, ref, options) {
      const { item } = await genai.getRagLineage(ref, options);
      const { message } = item.service;
      return { ...item.service, message: message ?? firstBreak(item) };
    },
  },
};

/** Why a service waits, where its pods do not tell: it is ready only when what it stands on is. */
function firstBreak({ service, edges }: RagLineage): string | undefined {
  return service.state === 'Ready'
    ? undefined
    : edges.find(({ state }) => state === 'Broken')?.message;
}

/** How the wait ended. `last` is the last thing seen, absent when the portal never saw it. */
export interface FollowResult {
  /** `Unknown`: the person may not see the state, or is no longer signed in. */
  outcome: 'Ready' | 'Failed' | 'TimedOut' | 'Unknown';
  last?: Sight;
  /** Why it is unknown. */
  message?: string;
  seconds: number;
}

// A server that crashes once while its neighbour claims the GPU recovers by itself; three looks in a row (about six
// seconds) are needed before a failure is believed.
const FAILED_LOOKS = 3;

/**
 * Follows a model server or RAG service through its start and writes each new stage and reason to the log, once.
 * Reads from genai-backend, which watches the cluster already: no further request reaches the API server.
 */
export async function followStart(options: {
  kind: FollowKind;
  genai: GenaiApi;
  token: () => Promise<string>;
  ref: Ref;
  logger: Pick<LoggerService, 'info' | 'warn'>;
  timeoutSeconds: number;
  signal?: AbortSignal;
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
}): Promise<FollowResult> {
  const { kind, genai, token, ref, logger, timeoutSeconds, signal } = options;
  const now = options.now ?? Date.now;
  const sleep =
    options.sleep ?? (ms => new Promise(resolve => setTimeout(resolve, ms)));
  const started = now();
  const elapsed = () => Math.round((now() - started) / 1000);

  const followed = FOLLOWED[kind];
  let last: Sight | undefined;
  let said = '';
  let complaint = '';
  let failedLooks = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { seen, fault, final } = await lookOnce(async () =>
      followed.look(genai, ref, { token: await token() }),
    );
    if (fault && fault !== complaint) {
      logger.warn(`The state cannot be read right now: ${fault}`);
    }
    complaint = fault ?? '';
    if (final) {
      return {
        outcome: 'Unknown',
        last,
        message: fault,
        seconds: elapsed(),
      };
    }
    if (seen) {
      last = seen;
      const line = describe(seen, followed);
      if (line !== said) {
        (seen.state === 'Failed' ? logger.warn : logger.info).call(
          logger,
          `[${elapsed()} s] ${line}`,
        );
        said = line;
      }
      if (seen.state === 'Ready') {
        return { outcome: 'Ready', last, seconds: elapsed() };
      }
      failedLooks = seen.state === 'Failed' ? failedLooks + 1 : 0;
      if (failedLooks >= FAILED_LOOKS) {
        return { outcome: 'Failed', last, seconds: elapsed() };
      }
    }
    if (elapsed() >= timeoutSeconds) {
      return { outcome: 'TimedOut', last, seconds: elapsed() };
    }
    await sleep(2000);
  }
}

function describe(
  { state, stage, message, reason, replicas }: Sight,
  { stages }: Followed,
): string {
  const ready = `${replicas.ready} of ${replicas.desired} replicas ready`;
  if (state === 'Ready') return `${stages.Serving}: ${ready}`;
  const step = state === 'Starting' && stage ? stages[stage] : state;
  const why = message ?? reason;
  return `${step} (${ready})${why ? `: ${why}` : ''}`;
}

/** One look; a fault is final when no later look can go better. */
async function lookOnce(
  look: () => Promise<Sight>,
): Promise<{ seen?: Sight; fault?: string; final?: boolean }> {
  try {
    return { seen: await look() };
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode;
    const name = error instanceof Error ? error.name : '';
    // Just applied and not yet seen by the watch: the next look tells.
    if (name === NotFoundError.name || status === 404) return {};
    const said =
      error instanceof ResponseError ? error.body?.error?.message : undefined;
    return {
      fault: said ?? (error instanceof Error ? error.message : String(error)),
      final:
        status === 401 ||
        status === 403 ||
        name === AuthenticationError.name ||
        name === NotAllowedError.name,
    };
  }
}
