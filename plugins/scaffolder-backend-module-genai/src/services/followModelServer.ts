import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
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

/** How the wait ended. `model server` is the last thing seen, absent when the portal never saw it. */
export interface FollowResult {
  outcome: 'Ready' | 'Failed' | 'TimedOut';
  modelServer?: ModelServer;
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
  let failedLooks = 0;
  for (;;) {
    signal?.throwIfAborted();
    const seen = await look(genai, ref, await token(), logger);
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

async function look(
  genai: GenaiApi,
  ref: { cluster: string; namespace: string; name: string },
  token: string,
  logger: Pick<LoggerService, 'warn'>,
): Promise<ModelServer | undefined> {
  try {
    return (await genai.getModelServer(ref, { token })).item;
  } catch (error) {
    // Just applied and not yet seen by the watch, or the portal is busy: the next look tells.
    if (!(error instanceof Error) || error.name !== NotFoundError.name) {
      const status = (error as { statusCode?: number }).statusCode;
      if (status !== 404) {
        logger.warn(
          `The state cannot be read right now: ${
            error instanceof Error ? error.message : String(error)
          }`,
        );
      }
    }
    return undefined;
  }
}
