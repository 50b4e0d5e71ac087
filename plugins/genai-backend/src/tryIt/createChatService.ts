import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type {
  ChatChunk,
  ChatRequest,
} from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import type { Clock } from '../connections/Clock';
import { linkAbort } from '../connections/linkAbort';
import type { ChatTarget } from './chooseChatTarget';
import { openChat } from './openChat';
import { readChatChunks } from './readChatChunks';
import type { TryItConfig } from './tryItConfig';

/** Limit for one answer, from the question to its last word. */
const TIMEOUT_MS = 60_000;

/** Answers under way in this process: to try is not to serve. */
const MAX_ANSWERS = 16;

/** One question to a model server. */
export interface ChatQuestion {
  /** Who asks: one question at a time. */
  user: string;
  cluster: string;
  target: ChatTarget;
  question: ChatRequest;
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Asks model servers on behalf of people. */
export interface ChatService {
  /** Throws `ServiceUnavailableError` when trying is switched off. */
  assertEnabled(): void;
  /**
   * Resolves once the answer begins. The chunks must be read or the signal aborted, else the user's turn never ends.
   *
   * @throws ConflictError while another answer to the same user is under way; ServiceUnavailableError with the reason when no
   *   answer comes
   */
  ask(question: ChatQuestion): Promise<AsyncIterable<ChatChunk>>;
}

/** A chat service with turns, a limit of time, and an end when the backend stops. */
export function createChatService(options: {
  config: TryItConfig;
  transport: KubeTransport;
  clock: Clock;
  signal: AbortSignal;
}): ChatService {
  const { config, transport, clock } = options;
  const busy = new Set<string>();

  const takeTurn = (user: string) => {
    if (busy.has(user)) {
      throw new ConflictError(
        'Your last question is still being answered; one at a time',
      );
    }
    if (busy.size >= MAX_ANSWERS) {
      throw new ServiceUnavailableError(
        'Too many people are trying model servers, try again in a moment',
      );
    }
    busy.add(user);
  };

  return {
    assertEnabled() {
      if (config.enabled) return;
      throw new ServiceUnavailableError(
        'Trying model servers is switched off by genai.tryIt.enabled',
      );
    },

    async ask({ user, cluster, target, question, signal }) {
      takeTurn(user);
      const request = linkAbort(signal);
      const stop = () => request.abort(options.signal.reason);
      options.signal.addEventListener('abort', stop, { once: true });
      const finished = new AbortController();
      void clock.sleep(TIMEOUT_MS, finished.signal).then(() => {
        if (finished.signal.aborted) return;
        request.abort(
          new ServiceUnavailableError(
            `The answer did not end within ${TIMEOUT_MS / 1000} seconds`,
          ),
        );
      });
      const end = () => {
        finished.abort();
        options.signal.removeEventListener('abort', stop);
        request.unlink();
        // what still runs upstream is of no use to anybody
        request.abort();
        busy.delete(user);
      };
      try {
        const body = await openChat({
          transport,
          cluster,
          target,
          question,
          clock,
          signal: request.signal,
        });
        return until(readChatChunks(body), request.signal, end);
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}

/** The same chunks; the reason of an abort is what went wrong, whatever the stream made of it. */
async function* until(
  chunks: AsyncIterable<ChatChunk>,
  signal: AbortSignal,
  end: () => void,
): AsyncGenerator<ChatChunk, void, undefined> {
  try {
    for await (const chunk of chunks) yield chunk;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    end();
  }
}
