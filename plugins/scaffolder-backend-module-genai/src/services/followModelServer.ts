import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
} from '@backstage/errors';
import type {
  GenaiApi,
  ModelServer,
  StartupStage,
} from '@promptside/backstage-plugin-genai-common';

const STAGE_TEXT: Record<StartupStage, string> = {
  Accepted: 'Accepted by the cluster, waiting for a node',
  Scheduled: 'Scheduled onto a node',
  PullingImage: 'Pulling the image',
  DownloadingWeights: 'Downloading the weights',
  LoadingModel: 'Loading the model',
  Serving: 'Serving',
};

/** How the wait ended. `modelServer` is the last thing seen, absent when the portal never saw it. */
export interface FollowResult {
  /** `Unknown`: the person may not see the state, or is no longer signed in. */
  outcome: 'Ready' | 'Failed' | 'TimedOut' | 'Unknown';
  modelServer?: ModelServer;
  /** Why it is unknown. */
  message?: string;
  seconds: number;
}

// A server that crashes once while its neighbour claims the GPU recovers by itself; three looks in a row (about six
// seconds) are needed before a failure is believed.
const FAILED_LOOKS = 3;

/**
 * Follows a model server through its start and writes each new stage and reason to the log, once.
 * Reads from genai-backend, which watches the cluster already: no further request reaches the API server.
 */
export async function followModelServer(options: {
  genai: GenaiApi;
  token: () => Promise<string>;
  ref: { cluster: string; namespace: string; name: string };
  logger: Pick<LoggerService, 'info' | 'warn'>;
  timeoutSeconds: number;
  signal?: AbortSignal;
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
}): Promise<FollowResult> {
  const { genai, token, ref, logger, timeoutSeconds, signal } = options;
  const now = options.now ?? Date.now;
  const sleep =
    options.sleep ?? (ms => new Promise(resolve => setTimeout(resolve, ms)));
  const started = now();
  const elapsed = () => Math.round((now() - started) / 1000);

  let last: ModelServer | undefined;
  let said = '';
  let complaint = '';
  let failedLooks = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { seen, fault, final } = await look(genai, ref, token);
    if (fault && fault !== complaint) {
      logger.warn(`The state cannot be read right now: ${fault}`);
    }
    complaint = fault ?? '';
    if (final) {
      return {
        outcome: 'Unknown',
        modelServer: last,
        message: fault,
        seconds: elapsed(),
      };
    }
    if (seen) {
      last = seen;
      const line = describe(seen);
      if (line !== said) {
        (seen.state === 'Failed' ? logger.warn : logger.info).call(
          logger,
          `[${elapsed()} s] ${line}`,
        );
        said = line;
      }
      if (seen.state === 'Ready') {
        return { outcome: 'Ready', modelServer: seen, seconds: elapsed() };
      }
      failedLooks = seen.state === 'Failed' ? failedLooks + 1 : 0;
      if (failedLooks >= FAILED_LOOKS) {
        return { outcome: 'Failed', modelServer: seen, seconds: elapsed() };
      }
    }
    if (elapsed() >= timeoutSeconds) {
      return { outcome: 'TimedOut', modelServer: last, seconds: elapsed() };
    }
    await sleep(2000);
  }
}

function describe(server: ModelServer): string {
  const { state, stage, message, reason, replicas } = server;
  const ready = `${replicas.ready} of ${replicas.desired} replicas ready`;
  if (state === 'Ready') return `${STAGE_TEXT.Serving}: ${ready}`;
  const step = state === 'Starting' && stage ? STAGE_TEXT[stage] : state;
  const why = message ?? reason;
  return `${step} (${ready})${why ? `: ${why}` : ''}`;
}

/** One look; a fault is final when no later look can go better. */
async function look(
  genai: GenaiApi,
  ref: { cluster: string; namespace: string; name: string },
  token: () => Promise<string>,
): Promise<{ seen?: ModelServer; fault?: string; final?: boolean }> {
  try {
    const { item } = await genai.getModelServer(ref, { token: await token() });
    return { seen: item };
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
